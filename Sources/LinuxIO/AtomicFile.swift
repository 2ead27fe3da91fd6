// SPDX-License-Identifier: MIT
import Glibc

/// Files that are replaced as a whole: after a power cut there is the old one or the new one, and nothing between.
package enum AtomicFile {
  /// What `replace` does, each a system call, in this order.
  package enum Step: Int, CaseIterable, Sendable {
    case make, write, synchronise, close, rename, openDirectory, synchroniseDirectory, closeDirectory
  }

  /// Writes the bytes beside the file, under its name with a `~`, brings them to the disk, and renames them over it.
  ///
  /// It waits for the disk. After an error the old file is as it was, and nothing is left beside it.
  ///
  /// - Parameter done: called after each step, so that a test can end the process there.
  package static func replace(
    _ path: String, with bytes: borrowing Span<UInt8>, done: (Step) -> Void = { _ in }
  ) throws(SystemError) {
    let provisional = path + "~"
    do throws(SystemError) {
      let file = try open(provisional)
      done(.make)
      try write(bytes, to: file, provisional)
      done(.write)
      try synchronise(file, provisional)
      done(.synchronise)
      try file.close()
      done(.close)
      try FileAttributes.rename(provisional, to: path)
      done(.rename)
    } catch {
      // What cannot be removed is overwritten the next time.
      do throws(SystemError) { try FileAttributes.remove(provisional) } catch {}
      throw error
    }
    // The name too has to reach the disk (fsync(2)). Where it does not, the new file is what everybody reads all the
    // same, and a power cut may bring the old one back: no reason to say that nothing was written.
    let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    do throws(SystemError) {
      let directoryFile = try FileDescriptor.open(path: directory, flags: O_RDONLY | O_DIRECTORY)
      done(.openDirectory)
      try synchronise(directoryFile, directory)
      done(.synchroniseDirectory)
      try directoryFile.close()
      done(.closeDirectory)
    } catch {}
  }

  /// Throws what `replace` would at its first step: whether a file can be made beside this one.
  package static func prepare(_ path: String) throws(SystemError) {
    let provisional = path + "~"
    try open(provisional).close()
    try FileAttributes.remove(provisional)
  }

  private static func open(_ path: String) throws(SystemError) -> FileDescriptor {
    try FileDescriptor.open(path: path, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_NOCTTY)
  }

  private static func write(
    _ bytes: borrowing Span<UInt8>, to file: borrowing FileDescriptor, _ path: String
  ) throws(SystemError) {
    do throws(SystemError) {
      try file.write(bytes)
    } catch {
      throw SystemError(call: "write \(path)", number: error.number)
    }
  }

  private static func synchronise(_ file: borrowing FileDescriptor, _ path: String) throws(SystemError) {
    // Some file systems cannot, and say so with EINVAL: then there is nothing to wait for.
    guard fsync(file.raw) == 0 || errno == EINVAL else { throw .last("write \(path)") }
  }
}
