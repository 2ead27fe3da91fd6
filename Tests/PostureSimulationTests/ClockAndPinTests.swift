// SPDX-License-Identifier: MIT
import HAL
import PostureCore
import PostureSimulation
import Testing

@Suite struct ClockAndPinTests {
  @Test func sleepingIsAdvancing() {
    let clock = VirtualClock(startingAt: 100)
    let copy = clock
    clock.sleep(until: 250)
    #expect(copy.now() == 250)
    copy.sleep(until: 200)
    #expect(clock.now() == 250)
  }

  @Test func aPinWritesDownItsEdges() throws {
    let clock = VirtualClock()
    let pin = SimulatedPin(clock: clock)
    try pin.set(percent: 0)
    clock.sleep(until: 1000)
    try pin.set(percent: 1)
    try pin.set(percent: 100)
    clock.sleep(until: 151_000)
    try pin.set(percent: 0)
    #expect(pin.log.edges.count == 2)
    #expect(pin.log.edges[0] == PinEdge(time: Timestamp(microseconds: 1000), isActive: true))
    #expect(pin.log.edges[1] == PinEdge(time: Timestamp(microseconds: 151_000), isActive: false))
    #expect(!pin.log.isActive)
  }
}
