import HTTPTypes
import Hummingbird
import NIOCore

/// Has every body that is more than a connection takes at once written by ``PacedBodyWriter``, whatever makes it: a
/// file, a page, an archive, the beginning of an event stream. It stands outside of all that changes bodies.
public struct PacedBodies<Context: RequestScope>: RouterMiddleware {
  private let unread: UnreadBodies

  public init(_ unread: UnreadBodies) { self.unread = unread }

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    let channel = context.channel
    // Also where the answers to requests that were sent ahead are not read.
    guard response.isLarge(on: channel) || !channel.isWritable else { return response }
    let body = response.body
    let bytes = response.bytesInMemory
    response.body = ResponseBody(contentLength: body.contentLength) { [unread] writer in
      let waiting = bytes.map { unread.begin($0, on: channel) }
      defer { waiting?.end() }
      try await body.write(try await PacedBodyWriter(writer, on: channel))
    }
    return response
  }
}

extension Response {
  /// Whether its body is more than the channel takes at once, or may be: 64 KiB of a connection, less of a stream of
  /// HTTP/2, which may have no window at all.
  public func isLarge(on channel: any Channel) -> Bool {
    let most = channel.isStream ? 4 << 10 : 64 << 10
    return body.contentLength.map { $0 > most } ?? true
  }

  /// About what it holds until it is read: a text as a whole, of a file two pieces. nil for an event stream, which has
  /// a bound of its own.
  fileprivate var bytesInMemory: Int? {
    let type = headers[.contentType] ?? ""
    if type == "text/event-stream" { return nil }
    let pieces = 2 * PacedBodyWriter.pieceBytes
    guard let length = body.contentLength else { return pieces }
    return type.hasPrefix("text/") ? length : min(length, pieces)
  }
}
