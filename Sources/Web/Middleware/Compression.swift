import HTTPTypes
import Hummingbird
import NIOCore

/// Sends text in gzip to who takes it (RFC 9110, 8.4.1.3 and 12.5.3): bodies of a known length only, so never
/// an event stream, none that is compressed already, and none that may repeat what the request says.
public struct Compression<Context: RequestContext>: RouterMiddleware {
  /// Below this many bytes there is nothing to gain, above the other it is no page.
  private static var sizes: ClosedRange<Int> { 800...(4 << 20) }

  public init() {}

  public func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    guard Self.isText(response.headers[.contentType]), response.status != .partialContent else {
      return response
    }
    guard response.headers[.contentEncoding] == nil else { return response }
    let vary = response.headers[.vary]
    if vary?.contains("Accept-Encoding") != true {
      response.headers[.vary] = vary.map { $0 + ", Accept-Encoding" } ?? "Accept-Encoding"
    }
    guard request.method != .head,
      let length = response.body.contentLength, Self.sizes.contains(length), request.takesGzip,
      !request.mayBeReflected
    else { return response }
    let collector = Collector(reserving: length)
    try await response.body.write(collector)
    guard let compressed = Gzip.compressed(collector.bytes, .quick) else {
      response.body = ResponseBody(byteBuffer: collector.bytes)
      return response
    }
    response.headers[.contentEncoding] = "gzip"
    response.headers[.contentLength] = nil
    response.body = ResponseBody(byteBuffer: compressed)
    return response
  }

  private static func isText(_ type: String?) -> Bool {
    guard let type, !type.hasPrefix("text/event-stream") else { return false }
    return type.hasPrefix("text/") || type.hasPrefix("image/svg") || type.hasPrefix("application/json")
      || type.hasPrefix("application/manifest")
  }
}

extension Request {
  /// Whether `Accept-Encoding` names gzip, or everything, with a weight above 0.
  var takesGzip: Bool {
    var wildcard = false
    for coding in (headers[.acceptEncoding] ?? "").lowercased().split(separator: ",") {
      let parts = coding.split(separator: ";").map { part in part.filter { $0 != " " } }
      let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
      switch parts.first {
      case "gzip", "x-gzip": return weight > 0
      case "*": wildcard = weight > 0
      default: break
      }
    }
    return wildcard
  }
}

/// Keeps what a body writes.
private final class Collector: ResponseBodyWriter {
  private(set) var bytes: ByteBuffer

  init(reserving count: Int) {
    bytes = ByteBuffer()
    bytes.reserveCapacity(count)
  }

  func write(_ buffer: ByteBuffer) async throws { bytes.writeImmutableBuffer(buffer) }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
