/// What waits to be written to one event stream: bounded, in order. Pure; its stream's event loop has it.
///
/// Where it is full the stream must end: its client, coming back, catches up from the log.
struct Mailbox {
  /// The most events and bytes that wait at once.
  static let maximumEvents = 512
  static let maximumBytes = 1 << 20

  private var events: [ServerSentEvent] = []
  private var bytes = 0

  var isEmpty: Bool { events.isEmpty }

  /// Puts an event at the end.
  /// - Returns: false when it is full.
  mutating func offer(_ event: ServerSentEvent) -> Bool {
    let size = event.bytes.readableBytes
    guard events.count < Self.maximumEvents, bytes + size <= Self.maximumBytes else { return false }
    events.append(event)
    bytes += size
    return true
  }

  /// The event that has waited longest.
  mutating func take() -> ServerSentEvent? {
    guard !events.isEmpty else { return nil }
    let event = events.removeFirst()
    bytes -= event.bytes.readableBytes
    // Most mailboxes are empty most of the time, and then hold no memory.
    if events.isEmpty { events = [] }
    return event
  }
}
