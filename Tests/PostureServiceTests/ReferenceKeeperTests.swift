// SPDX-License-Identifier: MIT
import Drivers
import Glibc
import PostureCore
import PostureFormats
import TestSupport
import Testing

@testable import PostureService

/// Upright as each name has it: told from each other by their forward.
func someReference(_ name: ReferenceName) -> KeptReference {
  let forward: KeptReference.Billionths =
    switch name {
    case .sitting: .init(1_000_000_000, 0, 0)
    case .standing: .init(0, 1_000_000_000, 0)
    case .car: .init(-600_000_000, 800_000_000, 0)
    }
  guard let kept = KeptReference(up: .init(0, 0, 1_000_000_000), forward: forward, forwardAxis: nil) else {
    fatalError("two directions at right angles are a reference")
  }
  return kept
}

func references(
  _ names: ReferenceName..., inUse: ReferenceName = .sitting, of sensor: String = "MPU-6050 at 0x68"
) -> ReferencesRecord {
  var record = ReferencesRecord(sensor: sensor, inUse: inUse)
  for name in names { record.entries[name] = .init(someReference(name), taken: "2026-11-22T03:39:07Z") }
  return record
}

struct ReferenceKeeperTests {
  private let directory = TemporaryDirectory()
  private let log = LogLines()
  private var store: ReferenceStore { ReferenceStore(path: directory.file("r")) }
  private let sensor = Recorded.found

  private func keeper(isSimulated: Bool = false) -> ReferenceKeeper {
    ReferenceKeeper(store: store, isSimulated: isSimulated, date: { "2026-11-22T03:39:07Z" })
  }

  @Test func whatIsTakenIsStoredAndKnownAfterARestart() {
    var keeper = keeper()
    #expect(keeper.kept == nil && keeper.fault == nil)
    keeper.announce(log.logger)
    keeper.found(sensor, log.logger)
    keeper.note(.sitting, someReference(.sitting), sensor: sensor, log.logger)
    #expect(store.load() == .record(references(.sitting)))
    keeper.note(.car, someReference(.car), sensor: sensor, log.logger)
    keeper.use(.car, sensor: sensor, log.logger)
    #expect(store.load() == .record(references(.sitting, .car, inUse: .car)))
    keeper.forget(.sitting, sensor: sensor, log.logger)
    #expect(store.load() == .record(references(.car, inUse: .car)))
    #expect(log.lines == [])

    var next = self.keeper()
    #expect(next.kept == KeptReferences(references(.car, inUse: .car), isSimulated: false))
    next.announce(log.logger)
    next.found(sensor, log.logger)
    #expect(log.lines == ["notice: reference: kept car of 2026-11-22T03:39:07Z; car in use"])
    #expect(next.fault == nil && directory.names == ["r"])
  }

  @Test func whatIsTheSameIsNotStoredAgain() throws {
    var keeper = keeper()
    keeper.use(.car, sensor: sensor, log.logger)
    try store.remove()
    keeper.use(.car, sensor: sensor, log.logger)
    #expect(store.load() == .none)
  }

  @Test func anotherSensorsAreNotUsedAndGiveWay() throws {
    try store.store(references(.sitting, .car, of: "MPU-6050 at 0x69"))
    var keeper = keeper()
    keeper.found(sensor, log.logger)
    let fault = "\(store.path) is of 'MPU-6050 at 0x69', this is 'MPU-6050 at 0x68': not used"
    #expect(keeper.fault == fault && log.lines == ["warning: reference: none is kept: \(fault)"])
    keeper.note(.standing, someReference(.standing), sensor: sensor, log.logger)
    #expect(store.load() == .record(references(.standing)) && keeper.fault == nil)
    #expect(log.lines.last == "notice: reference: stored in \(store.path)")
  }

  /// A simulated sensor's are for no real one, nor the other way round.
  @Test func aSimulatedSensorsAreItsOwn() {
    var simulated = keeper(isSimulated: true)
    simulated.note(.sitting, someReference(.sitting), sensor: sensor, log.logger)
    #expect(store.load() == .record(references(.sitting, of: "simulated MPU-6050 at 0x68")))
    #expect(keeper(isSimulated: true).kept != nil && keeper().kept == nil)
  }

  @Test func aDamagedFileIsSaidAndReplacedByTheNextChange() throws {
    try write("nonsense\n", to: store.path)
    var keeper = keeper()
    let fault = "\(store.path):1: found 'nonsense', expected a line 'key: value'"
    #expect(keeper.kept == nil && keeper.fault == fault)
    keeper.announce(log.logger)
    #expect(log.lines == ["warning: reference: none is kept: \(fault)"])
    keeper.note(.sitting, someReference(.sitting), sensor: sensor, log.logger)
    #expect(keeper.fault == nil && store.load() == .record(references(.sitting)))
  }

  /// Said once, and all of it is stored as soon as there is a change and a place.
  @Test func whatCannotBeStoredCountsAndIsStoredLater() throws {
    let away = ReferenceStore(path: directory.file("d") + "/r")
    var keeper = ReferenceKeeper(store: away, date: { "2026-11-22T03:39:07Z" })
    keeper.note(.sitting, someReference(.sitting), sensor: sensor, log.logger)
    keeper.note(.car, someReference(.car), sensor: sensor, log.logger)
    let fault = "not stored: open \(away.path)~: No such file or directory"
    #expect(keeper.fault == fault && log.lines == ["error: reference: \(fault)"])
    #expect(keeper.kept == KeptReferences(references(.sitting, .car), isSimulated: false))
    try #require(mkdir(directory.file("d"), 0o755) == 0)
    keeper.use(.sitting, sensor: sensor, log.logger)
    #expect(keeper.fault == nil && away.load() == .record(references(.sitting, .car)))
    try away.remove()
    rmdir(directory.file("d"))
  }

  @Test func withoutAFileTheyAreKeptInMemory() {
    var keeper = ReferenceKeeper(date: { "2026-11-22T03:39:07Z" })
    keeper.note(.standing, someReference(.standing), sensor: sensor, log.logger)
    #expect(keeper.kept == KeptReferences(references(.standing), isSimulated: false))
    #expect(keeper.fault == nil && log.lines == [] && directory.names == [])
  }
}
