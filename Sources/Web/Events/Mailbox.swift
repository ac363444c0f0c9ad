import NIOCore
import Synchronization

/// What waits to be written to one event stream: bounded, in order, one reader.
///
/// Whoever offers never waits. When the reader is so slow that the limit is passed the mailbox closes: its
/// stream ends and the client, coming back, catches up from the log.
public final class Mailbox: Sendable {
  /// The most events and bytes that wait at once.
  public static let maximumEvents = 512
  public static let maximumBytes = 1 << 20

  /// Why the mailbox closed.
  public enum Ending: Sendable { case overflow, ended }

  private struct State {
    var events = [ServerSentEvent]()
    var bytes = 0
    var ending: Ending?
    var reader: CheckedContinuation<Void, Never>?
    var onClose: (@Sendable (Ending) -> Void)?
  }

  private let state = Mutex(State())

  public init() {}

  /// Puts an event at the end. Nothing happens once the mailbox is closed.
  public func offer(_ event: ServerSentEvent) {
    let overflow = state.withLock { state -> Bool in
      guard state.ending == nil else { return false }
      guard state.events.count < Self.maximumEvents,
        state.bytes + event.bytes.readableBytes <= Self.maximumBytes
      else { return true }
      state.events.append(event)
      state.bytes += event.bytes.readableBytes
      return false
    }
    if overflow { close(.overflow) } else { wake() }
  }

  /// Ends it: on overflow what waits is dropped, else it is still handed out.
  public func close(_ ending: Ending = .ended) {
    let onClose = state.withLock { state -> (@Sendable (Ending) -> Void)? in
      guard state.ending == nil else { return nil }
      state.ending = ending
      if ending == .overflow { state.events.removeAll() }
      defer { state.onClose = nil }
      return state.onClose
    }
    onClose?(ending)
    wake()
  }

  /// Runs `action` when the mailbox closes, at once if it is closed already.
  public func whenClosed(_ action: @escaping @Sendable (Ending) -> Void) {
    let ending = state.withLock { state -> Ending? in
      if state.ending == nil { state.onClose = action }
      return state.ending
    }
    if let ending { action(ending) }
  }

  /// All that waits, as soon as anything does; nil when it is closed and empty. One reader at a time.
  public func next() async -> [ServerSentEvent]? {
    while true {
      let (events, ended) = state.withLock { state -> ([ServerSentEvent], Bool) in
        defer {
          state.events.removeAll()
          state.bytes = 0
        }
        return (state.events, state.ending != nil)
      }
      if !events.isEmpty { return events }
      if ended { return nil }
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state -> Bool in
          guard state.events.isEmpty, state.ending == nil else { return true }
          state.reader = continuation
          return false
        }
        if ready { continuation.resume() }
      }
    }
  }

  private func wake() {
    let reader = state.withLock { state in
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }
}
