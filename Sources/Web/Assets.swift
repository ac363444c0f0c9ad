import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files of a folder, read once and served from memory under an address that holds the hash of all of
/// them: `/assets/HASH/css/app.css`. What is there never changes, so browsers keep it for good, and modules
/// find each other by relative paths.
public struct Assets: Sendable {
  private struct File: Sendable {
    let type: String
    let bytes: ByteBuffer
    /// The same in gzip, where that is smaller.
    let compressed: ByteBuffer?
  }

  /// `/assets/HASH`, without a slash at the end.
  public let address: String
  /// The files of `js/`, sorted: what a page may have fetched ahead.
  public let modules: [String]
  private let files: [String: File]

  /// - Throws: when the folder or one of its files cannot be read.
  public init(folder: URL) throws {
    var files: [String: File] = [:]
    var hash = SHA256()
    let found = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    for path in found {
      let file = folder.appending(path: path)
      guard let type = Self.types[file.pathExtension] else { continue }
      let data = try Data(contentsOf: file)
      hash.update(data: Data(path.utf8))
      hash.update(data: data)
      let bytes = ByteBuffer(bytes: SourceText.isOne(type) ? SourceText.lean(data) : data)
      let compressed = Gzip.compressed(bytes, .best)
      let isSmaller = compressed.map { $0.readableBytes < bytes.readableBytes * 9 / 10 } ?? false
      files[path] = File(type: type, bytes: bytes, compressed: isSmaller ? compressed : nil)
    }
    self.files = files
    modules = files.keys.filter { $0.hasPrefix("js/") }.map { String($0.dropFirst(3)) }.sorted()
    address = "/assets/" + hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
  }

  /// The bytes of a file as they are served, such as those of `css/app.css`; nothing where there is none.
  public func bytes(of path: String) -> ByteBuffer { files[path]?.bytes ?? ByteBuffer() }

  /// - Returns: the file, or nil where there is none at that path.
  public func response(to request: Request) -> Response? {
    let path = request.uri.path
    guard path.hasPrefix(address + "/"), let file = files[String(path.dropFirst(address.count + 1))] else {
      return nil
    }
    var headers: HTTPFields = [
      .contentType: file.type, .cacheControl: "public, max-age=31536000, immutable",
    ]
    guard let compressed = file.compressed, request.takesGzip else {
      return Response(status: .ok, headers: headers, body: .init(byteBuffer: file.bytes))
    }
    headers[.contentEncoding] = "gzip"
    headers[.vary] = "Accept-Encoding"
    return Response(status: .ok, headers: headers, body: .init(byteBuffer: compressed))
  }

  private static let types = [
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "webmanifest": "application/manifest+json",
  ]
}
