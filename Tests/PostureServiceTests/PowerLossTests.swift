// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureCore
import PostureFormats
import TestSupport
import Testing

@testable import PostureService

/// The writer of the reference postures is killed at every step, as a power cut does: the next start finds the old ones
/// or the new ones.
struct PowerLossTests {
  private let directory = TemporaryDirectory()
  private var store: ReferenceStore { ReferenceStore(path: directory.file("r")) }

  private static let old = references(.sitting)
  private static let new = references(.sitting, .car, inUse: .car)

  @Test(arguments: AtomicFile.Step.allCases.map(\.rawValue), [false, true])
  func itIsKilledAfterAStep(step: Int, isThereOne: Bool) async throws {
    if isThereOne { try store.store(Self.old) }
    let path = store.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, step = step as Int] in
      try ReferenceStore(path: path).store(Self.new) { if $0.rawValue == step { kill(getpid(), SIGKILL) } }
    }
    let isNew = step >= AtomicFile.Step.rename.rawValue
    try expect(isNew ? Self.new : isThereOne ? Self.old : nil)
  }

  /// Within the writing: after so many bytes, at the limit of a file's size.
  @Test(arguments: [0, 1, 100, 300], [false, true])
  func itIsKilledWithinTheWriting(bytes: Int, isThereOne: Bool) async throws {
    if isThereOne { try store.store(Self.old) }
    let path = store.path
    await #expect(processExitsWith: .signal(SIGXFSZ)) { [path = path as String, bytes = bytes as Int] in
      // The test's own thread may block it, or its parent ignore it.
      var signals = sigset_t()
      sigaddset(&signals, SIGXFSZ)
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      signal(SIGXFSZ, SIG_DFL)
      var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      try ReferenceStore(path: path).store(Self.new)
    }
    #expect(try FileAttributes.exists(path + "~"))
    try expect(isThereOne ? Self.old : nil)
  }

  /// What a following start finds, begins with, and can write over.
  private func expect(_ record: ReferencesRecord?) throws {
    #expect(store.load() == (record.map { .record($0) } ?? .none))
    let keeper = ReferenceKeeper(store: store)
    #expect(keeper.fault == nil)
    #expect(keeper.kept == record.flatMap { KeptReferences($0, isSimulated: false) })
    try store.store(references(.standing))
    #expect(store.load() == .record(references(.standing)))
    #expect(directory.names == ["r"])
  }
}
