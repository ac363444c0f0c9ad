import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix

/// A file on the disk whose bytes never change, as a response: whole or one range of it (RFC 9110, 14), sent
/// in pieces, of which one is in memory at a time. Browsers keep it and ask each time whether they may
/// show it.
public struct StoredFile: Sendable {
  public let path: String
  public let bytes: Int
  public let mediaType: String
  /// What names these very bytes, without quotes.
  public let tag: String

  public init(path: String, bytes: Int, mediaType: String, tag: String) {
    self.path = path
    self.bytes = bytes
    self.mediaType = mediaType
    self.tag = tag
  }

  /// - Throws: `HTTPError` 404 when the file is not there.
  public func response(to request: Request) async throws -> Response {
    let entityTag = "\"\(tag)\""
    var headers: HTTPFields = [
      .eTag: entityTag, .acceptRanges: "bytes", .cacheControl: Response.ownPage,
    ]
    if request.knows(entityTag) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = mediaType
    let isSame = request.headers[.ifRange].map { $0 == entityTag } ?? true
    let range = ByteRange(isSame && request.method == .get ? request.headers[.range] : nil, size: bytes)
    switch range {
    case .whole:
      return Response(status: .ok, headers: headers, body: try await body(0..<bytes))
    case .part(let range):
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(bytes)"
      return Response(status: .partialContent, headers: headers, body: try await body(Range(range)))
    case .unsatisfiable:
      headers[.contentRange] = "bytes */\(bytes)"
      headers[.contentType] = nil
      headers[.cacheControl] = "no-store"
      return Response(status: .rangeNotSatisfiable, headers: headers)
    }
  }

  /// - Throws: `HTTPError` 404, before anything is answered.
  private func body(_ range: Range<Int>) async throws -> ResponseBody {
    let threads = NIOThreadPool.singleton
    guard let file = try await threads.runIfActive({ InputFile(path: path, bytes: bytes) }) else {
      throw HTTPError(.notFound)
    }
    return ResponseBody(contentLength: range.count) { writer in
      for start in stride(from: range.lowerBound, to: range.upperBound, by: PacedBodyWriter.pieceBytes) {
        let count = min(PacedBodyWriter.pieceBytes, range.upperBound - start)
        try await writer.write(try await threads.runIfActive { try file.read(at: start, count: count) })
      }
      try await writer.finish(nil)
    }
  }
}
