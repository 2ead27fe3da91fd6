// SPDX-License-Identifier: MIT
import Glibc

/// Whom a file belongs to and who may use it, by path.
package enum FileAttributes {
  /// Gives the file to a group and leaves its user as it is.
  package static func setGroup(_ group: gid_t, of path: String) throws(SystemError) {
    // -1 as the user means: no change (chown(2)).
    guard unsafe chown(path, uid_t.max, group) == 0 else { throw .last("give \(path) to group \(group)") }
  }

  /// - Parameter mode: `0o660` and so on; the umask does not apply.
  package static func setMode(_ mode: mode_t, of path: String) throws(SystemError) {
    guard unsafe chmod(path, mode) == 0 else { throw .last("set the mode of \(path)") }
  }

  /// Removes a file, a socket or a link, but no directory.
  /// - Returns: false where there was none.
  @discardableResult
  package static func remove(_ path: String) throws(SystemError) -> Bool {
    if unsafe unlink(path) == 0 { return true }
    guard errno == ENOENT else { throw .last("remove \(path)") }
    return false
  }

  /// Gives a file another name in one step; a file that had that name is gone.
  package static func rename(_ path: String, to name: String) throws(SystemError) {
    guard unsafe Glibc.rename(path, name) == 0 else { throw .last("rename \(path) to \(name)") }
  }

  package static func exists(_ path: String) throws(SystemError) -> Bool {
    var status = stat()
    if unsafe stat(path, &status) == 0 { return true }
    guard errno == ENOENT || errno == ENOTDIR else { throw .last("look at \(path)") }
    return false
  }

  /// What tells the file behind a descriptor from every other; nil for none.
  package static func identity(ofDescriptor descriptor: Int32) -> (device: UInt64, inode: UInt64)? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return nil }
    return (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  /// The same by path, links followed; nil where there is none.
  package static func identity(of path: String) -> (device: UInt64, inode: UInt64)? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  /// In bytes; nil for what is no regular file, or is not there.
  package static func size(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Bytes, and when they last changed, in seconds since 1970; nil for what is no regular file itself, but a link to one.
  package static func ofItself(_ path: String) -> (size: Int, changed: Int)? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (Int(status.st_size), Int(status.st_mtim.tv_sec))
  }

  /// Makes an empty file where there is none.
  /// - Parameter mode: the umask does not apply.
  package static func makeFile(_ path: String, mode: mode_t) throws(SystemError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last("make \(path)") }
    Glibc.close(descriptor)
    try setMode(mode, of: path)
  }

  /// Makes a directory where there is none; the one that it is to lie in must be there.
  package static func makeDirectory(_ path: String, mode: mode_t) throws(SystemError) {
    guard unsafe mkdir(path, mode) != 0, errno != EEXIST else { return }
    throw .last("make the directory \(path)")
  }

  /// From now on, files that this process makes are its owner's alone, until `setMode` says otherwise (umask(2)).
  package static func restrictNewFiles() { umask(0o077) }
}
