import HTTPTypes
import Hummingbird
import NIOCore

/// Pages under a tag that stands for what they show: who has one already is told so (304; RFC 9110, 13.1.2), and
/// what was rendered and compressed is kept for who has not. Bounded in bytes.
public struct KeptPages: Sendable {
  private struct Key: Hashable {
    let tag: String
    let isCompressed: Bool
  }

  private static let keptBytes = 16 << 20

  private let pages = BoundedCache<Key, ByteBuffer>(maximumBytes: keptBytes)

  public init() {}

  /// - Parameters:
  ///   - tag: of what the page shows and to whom: letters, digits and dashes. Pages that differ never share it.
  ///   - headers: what the page has beside those that every page of this kind has.
  ///   - render: the page, called only where nothing was kept.
  public func response(
    to request: Request, tag: String, headers: HTTPFields, render: () -> String
  ) -> Response {
    var headers = headers
    // Weak: the same for the page in gzip.
    let entityTag = "W/\"\(tag)\""
    headers[.eTag] = entityTag
    headers[.cacheControl] = Response.ownPage
    headers[.vary] = Response.pageVary + ", Accept-Encoding"
    if request.knows(entityTag) { return Response(status: .notModified, headers: headers) }
    headers[.contentType] = Response.htmlType
    let isCompressed = request.takesGzip && !request.mayBeReflected
    if isCompressed, let page = page(Key(tag: tag, isCompressed: true), render) {
      headers[.contentEncoding] = "gzip"
      return Response(status: .ok, headers: headers, body: .init(byteBuffer: page))
    }
    let page = page(Key(tag: tag, isCompressed: false), render) ?? ByteBuffer()
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: page))
  }

  private func page(_ key: Key, _ render: () -> String) -> ByteBuffer? {
    if let page = pages.value(for: key) { return page }
    var page: ByteBuffer? = ByteBuffer(string: render())
    if key.isCompressed { page = page.flatMap { Gzip.compressed($0, .quick) } }
    // What is kept has no room to grow: a buffer that was made larger than its content would count, and be, several
    // times as much.
    let kept = page.map { ByteBuffer(bytes: $0.readableBytesView) }
    if let kept { pages.keep(kept, for: key, bytes: kept.capacity + 256) }
    return kept
  }
}

extension Request {
  /// Whether `If-None-Match` names the tag, by the weak comparison (RFC 9110, 8.8.3.2).
  func knows(_ entityTag: String) -> Bool {
    guard let known = headers[.ifNoneMatch] else { return false }
    return known.split(separator: ",").contains { part in
      let one = part.filter { $0 != " " }
      return one == "*" || Self.opaque(one) == Self.opaque(entityTag)
    }
  }

  private static func opaque(_ tag: String) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...] }
}
