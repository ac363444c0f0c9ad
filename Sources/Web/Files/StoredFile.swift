import HTTPTypes
import Hummingbird

/// A file on the disk whose bytes never change, as a response: whole or one range of it (RFC 9110, 14), sent
/// in chunks and never whole in memory.
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
  public func response(to request: Request, context: some RequestContext) async throws -> Response {
    let entityTag = "\"\(tag)\""
    var headers: HTTPFields = [
      .eTag: entityTag, .acceptRanges: "bytes", .cacheControl: "private, max-age=31536000, immutable",
    ]
    if let known = request.headers[.ifNoneMatch], Self.matches(known, entityTag) {
      return Response(status: .notModified, headers: headers)
    }
    headers[.contentType] = mediaType
    let isSame = request.headers[.ifRange].map { $0 == entityTag } ?? true
    let range = ByteRange(isSame && request.method == .get ? request.headers[.range] : nil, size: bytes)
    switch range {
    case .whole:
      let body = try await FileIO().loadFile(path: path, context: context, chunkLength: Self.chunkBytes)
      return Response(status: .ok, headers: headers, body: body)
    case .part(let range):
      headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(bytes)"
      let body = try await FileIO().loadFile(
        path: path, range: range, context: context, chunkLength: Self.chunkBytes)
      return Response(status: .partialContent, headers: headers, body: body)
    case .unsatisfiable:
      headers[.contentRange] = "bytes */\(bytes)"
      headers[.contentType] = nil
      headers[.cacheControl] = "no-store"
      return Response(status: .rangeNotSatisfiable, headers: headers)
    }
  }

  private static let chunkBytes = 64 * 1024

  private static func matches(_ known: String, _ tag: String) -> Bool {
    let tags: [String] = known.split(separator: ",").map { part in part.filter { $0 != " " } }
    return tags.contains { one in one == "*" || one == tag || one == "W/" + tag }
  }
}
