import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

/// An open event stream, read as a browser reads it.
final class EventStream: Sendable {
  struct Event: Sendable, CustomStringConvertible {
    let id: Int64?
    let name: String
    let data: String

    var html: HTML { HTML(data) }
    var description: String { "\(id.map(String.init) ?? "-") \(name): \(data.prefix(160))" }
  }

  private struct State {
    var events: [Event] = []
    var retry: Int?
    var hasEnded = false
  }

  let status: Int
  let headers: HTTPHeaders
  private let state: Box
  private let reader: Task<Void, Never>

  private final class Box: Sendable {
    let state = Mutex(State())
  }

  init(_ request: HTTPClientRequest) async throws {
    let response = try await Browser.client.execute(request, timeout: .hours(1))
    status = Int(response.status.code)
    headers = response.headers
    let box = Box()
    state = box
    reader = Task {
      var rest: [UInt8] = []
      do {
        for try await chunk in response.body {
          rest.append(contentsOf: chunk.readableBytesView)
          while let end = rest.indices.dropLast().first(where: { rest[$0] == 10 && rest[$0 + 1] == 10 }) {
            Self.read(String(decoding: rest[..<end], as: UTF8.self), into: box)
            rest.removeFirst(end + 2)
          }
        }
      } catch {}
      box.state.withLock { $0.hasEnded = true }
    }
    // From its first event on the server counts it.
    if status == 200 {
      try await eventually("the first event") {
        box.state.withLock { !$0.events.isEmpty || $0.hasEnded }
      }
    }
  }

  deinit { reader.cancel() }

  /// All that has come so far.
  var events: [Event] { state.state.withLock { $0.events } }
  var durable: [Event] { events.filter { $0.id != nil } }
  var retry: Int? { state.state.withLock { $0.retry } }
  var hasEnded: Bool { state.state.withLock { $0.hasEnded } }

  /// Hangs up.
  func close() { reader.cancel() }

  /// The first event that meets `condition`, as soon as it is there.
  func first(
    _ what: Comment, within time: Duration = .seconds(120),
    sourceLocation: SourceLocation = #_sourceLocation, where condition: (Event) -> Bool
  ) async throws -> Event {
    var (found, seen) = (Event?.none, 0)
    try await eventually(
      "\(what), among \(events.suffix(40).map(\.description))", within: time, sourceLocation: sourceLocation
    ) {
      // Each is looked at once: of thousands, again and again, the machine would do nothing else.
      let all = events
      found = all[seen...].first(where: condition)
      seen = all.count
      return found != nil
    }
    return try #require(found)
  }

  /// The event that brings the message with this text.
  func message(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Event {
    try await first("the message \(text)", sourceLocation: sourceLocation) {
      $0.html.articles.contains { $0.messageText == HTML(text) }
    }
  }

  /// Returns when the server has ended it.
  func ended(within time: Duration = .seconds(120), sourceLocation: SourceLocation = #_sourceLocation)
    async throws
  {
    try await eventually("the stream ends", within: time, sourceLocation: sourceLocation) { hasEnded }
  }

  private static func read(_ block: String, into box: Box) {
    var id: Int64?
    var name = "message"
    var data: [Substring] = []
    for line in block.unicodeScalars.split(separator: "\n").map({ Substring($0) }) {
      if line.hasPrefix("id: ") { id = Int64(line.dropFirst(4)) }
      if line.hasPrefix("event: ") { name = String(line.dropFirst(7)) }
      if line.hasPrefix("data: ") { data.append(line.dropFirst(6)) }
      if line.hasPrefix("retry: ") { box.state.withLock { $0.retry = Int(line.dropFirst(7)) } }
    }
    guard !data.isEmpty else { return }
    let event = Event(id: id, name: name, data: data.joined(separator: "\n"))
    box.state.withLock { $0.events.append(event) }
  }
}
