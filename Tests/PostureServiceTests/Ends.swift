// SPDX-License-Identifier: MIT
import LinuxIO
import NIOPosix
import PostureCore

@testable import PostureService

/// Both ends of a channel as one object, so that expectations can call them.
final class Ends<Element: BitwiseCopyable & Sendable> {
  private var sender: SampleChannel<Element>.Sender
  private var receiver: SampleChannel<Element>.Receiver

  init(capacity: Int, filler: Element) {
    var channel = SampleChannel<Element>(capacity: capacity, filler: filler)
    sender = channel.takeSender()
    receiver = channel.takeReceiver()
  }

  func send(_ element: Element) -> Bool { sender.send(element) }
  func receive() -> Element? { receiver.receive() }
}

/// The service side of a sampling thread, as one object.
final class ServiceSide {
  let control = SamplingControl()
  private var publications: SampleChannel<Publication>.Receiver?
  private var commands: SampleChannel<Command>.Sender?
  private var judgements: SampleChannel<Judgement>.Sender
  private var link: SamplingLink?

  init(capacity: Int = 64, overflow: SamplingLink.Overflow = .drop) {
    var publications = SampleChannel<Publication>(capacity: capacity, filler: .ended)
    var commands = SampleChannel<Command>(capacity: 8, filler: .calibrate)
    var judgements = SampleChannel<Judgement>(capacity: 2, filler: Judgement(number: 0, parameters: .init()))
    self.judgements = judgements.takeSender()
    self.publications = publications.takeReceiver()
    self.commands = commands.takeSender()
    link = SamplingLink(
      control: control, overflow: overflow, publications: publications.takeSender(), commands: commands.takeReceiver(),
      judgements: judgements.takeReceiver())
  }

  /// The other side, once.
  func takeLink() -> SamplingLink {
    guard let link = link.take() else { fatalError("there is one link") }
    return link
  }

  func receive() -> Publication? { publications?.receive() ?? nil }
  func send(_ judgement: Judgement) -> Bool { judgements.send(judgement) }
  func send(_ command: Command) -> Bool { commands?.send(command) ?? false }

  /// A hub in place of this object, which gives its ends away.
  func makeHub(on group: MultiThreadedEventLoopGroup, _ log: LogLines) throws -> Hub {
    guard let publications = publications.take(), let commands = commands.take() else { fatalError("there is one hub") }
    return Hub(
      on: group.next(), facts: Recorded.facts, control: control, publications: publications, commands: commands,
      settings: try SettingsInForce(),
      notifier: try ServiceNotifier(socket: nil, watchdogMicroseconds: nil, watchdogProcess: nil), isHurried: false,
      logger: log.logger)
  }
}
