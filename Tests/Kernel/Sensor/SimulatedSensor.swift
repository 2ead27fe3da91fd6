// SPDX-License-Identifier: MIT
import Glibc
import LinuxIO
import PostureCore
import PostureSimulation

/// The sensor of the kernel rig: a simulated chip on a simulated wearer, behind the kernel's simulated adapter.
///
/// The wearer sits upright for a while, then bends 25 degrees forward within a second and stays so; or, from a seed,
/// has a day that never ends.
@main
enum SimulatedSensor {
  private static let usage = """
    usage: simulated-sensor --bus DEVICE --control FIFO --journal FILE [--upright SECONDS | --endless SEED]
             [--interrupt PULL-FILE]

    """

  static func main() {
    do throws(SystemError) {
      var options = options()
      guard let bus = options["bus"], let control = options["control"], let journal = options["journal"],
        let upright = Int64(options["upright", default: "3600"]), let seed = UInt64(options["endless", default: "7"])
      else { fail(usage) }
      let script = Script([
        Step(.upright, for: .seconds(Double(upright))),
        Step(.slouch(to: .degrees(25), over: .seconds(1)), for: .seconds(1)),
      ])
      let isEndless = options["endless"] != nil
      let wearer = isEndless ? SimulatedWearer(endlessFrom: seed) : SimulatedWearer(script, seed: seed)
      try answerAtOnce()
      var server = try SensorServer(
        FaultyChip(wearer: wearer), bus: bus, control: control, journal: journal,
        interrupt: options.removeValue(forKey: "interrupt"))
      try server.run()
    } catch {
      fail("simulated-sensor: \(error.message)\n")
    }
  }

  /// A chip does not wait for a processor: above every thread of the daemon.
  private static func answerAtOnce() throws(SystemError) {
    var parameters = sched_param(sched_priority: 50)
    guard unsafe sched_setscheduler(0, SCHED_FIFO, &parameters) == 0 else {
      throw SystemError(call: "schedule in real time", number: errno)
    }
  }

  private static func options() -> [String: String] {
    var options: [String: String] = [:]
    var words = CommandLine.arguments.dropFirst()
    while let word = words.popFirst() {
      guard word.hasPrefix("--"), let value = words.popFirst() else { fail(usage) }
      options[String(word.dropFirst(2))] = value
    }
    return options
  }

  private static func fail(_ text: String) -> Never {
    StandardError.write(text)
    exit(1)
  }
}
