import NIOCore
import Synchronization

/// The bodies that wait for their readers, whosever they are, and about what they take in memory: past a bound the
/// one that began first is cut off. Whoever reads is done long before that. Thread-safe.
public final class UnreadBodies: Sendable {
  /// What an answer takes beside its body: its task, and over HTTP/2 its stream.
  private static let overhead = 40 << 10

  private struct State {
    var bodies: [Int: (bytes: Int, channel: any Channel)] = [:]
    /// The number of the first that may still be there, and of the next.
    var first = 0
    var next = 0
    var bytes = 0

    mutating func remove(_ number: Int) -> (any Channel)? {
      guard let body = bodies.removeValue(forKey: number) else { return nil }
      bytes -= body.bytes
      return body.channel
    }
  }

  private let maximumBytes: Int
  private let state = Mutex(State())

  /// - Parameter maximumBytes: of all together; nil for no bound.
  public init(maximumBytes: Int?) { self.maximumBytes = maximumBytes ?? .max }

  /// - Parameter bytes: what it holds in memory until it is read.
  func begin(_ bytes: Int, on channel: any Channel) -> Body {
    let (number, surplus) = state.withLock { state in
      let number = state.next
      state.next += 1
      state.bodies[number] = (bytes + Self.overhead, channel)
      state.bytes += bytes + Self.overhead
      var surplus: [any Channel] = []
      while state.bytes > maximumBytes, state.first < number {
        if let channel = state.remove(state.first) { surplus.append(channel) }
        state.first += 1
      }
      return (number, surplus)
    }
    for channel in surplus { channel.close(promise: nil) }
    return Body { _ = self.state.withLock { $0.remove(number) } }
  }

  /// One of them, until it has been read or nobody holds it any more.
  final class Body: Sendable {
    private let remove: @Sendable () -> Void

    fileprivate init(_ remove: @escaping @Sendable () -> Void) { self.remove = remove }

    func end() { remove() }

    deinit { remove() }
  }
}
