import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files of a folder, read once and served from memory under an address that holds the hash of all of
/// them: `/assets/HASH/css/app.css`. What is there never changes, so browsers keep it for good. The modules
/// behind `js/app.js` come in that one file.
public struct Assets: Sendable {
  private struct File: Sendable {
    let type: String
    let bytes: ByteBuffer
    /// The same in gzip, where that is smaller.
    let compressed: ByteBuffer?

    init(type: String, data: Data) {
      self.type = type
      bytes = ByteBuffer(bytes: data)
      let packed = Gzip.compressed(bytes, .best)
      let isSmaller = packed.map { $0.readableBytes < data.count * 9 / 10 } ?? false
      compressed = isSmaller ? packed : nil
    }
  }

  /// The module of the pages before the log-in, which stands alone. `js/app.js` holds all others.
  private static let account = "js/account.js"

  /// `/assets/HASH`, without a slash at the end.
  public let address: String
  private let files: [String: File]

  /// - Throws: when the folder or one of its files cannot be read.
  public init(folder: URL) throws {
    var files: [String: File] = [:]
    var sources: [String: String] = [:]
    var hash = SHA256()
    let found = (FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []).sorted()
    for path in found {
      let file = folder.appending(path: path)
      guard let type = Self.types[file.pathExtension] else { continue }
      var data = try Data(contentsOf: file)
      if SourceText.isOne(type) { data = SourceText.lean(data) }
      if path.hasPrefix("js/"), path != Self.account {
        sources[file.deletingPathExtension().lastPathComponent] = String(decoding: data, as: UTF8.self)
      } else {
        hash.update(data: Data(path.utf8))
        hash.update(data: data)
        files[path] = File(type: type, data: data)
      }
    }
    let app = Data(ModuleBundle.text(of: "app", in: sources).utf8)
    hash.update(data: app)
    files["js/app.js"] = File(type: "text/javascript; charset=utf-8", data: app)
    self.files = files
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
