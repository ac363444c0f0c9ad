import Crypto
import Foundation
import HTTPTypes
import Hummingbird

/// The files of a folder, read once and served from memory under an address that holds the hash of all of
/// them: `/assets/HASH/css/app.css`. What is there never changes, so browsers keep it for good. Modules, which are in
/// `js`, come in bundles, and they and style sheets without comments and indentation.
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

  /// `/assets/HASH`, without a slash at the end.
  public let address: String
  private let files: [String: File]

  /// - Parameters:
  ///   - entries: the modules that pages name, without `.js`; see ``Scripts``.
  ///   - languages: those that modules speak beside English, each at an address of its own.
  /// - Throws: when the folder or one of its files cannot be read, as an error whose description is a sentence.
  public init(folder: URL, entries: [String], languages: [Language] = []) throws {
    var contents: [String: Data] = [:]
    var modules: [String: String] = [:]
    for path in FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? [] {
      let file = folder.appending(path: path)
      guard let type = Self.types[file.pathExtension] else { continue }
      let data = try Data(contentsOf: file)
      if type.hasPrefix("text/javascript") {
        modules[file.deletingPathExtension().lastPathComponent] = String(decoding: data, as: UTF8.self)
      } else if type.hasPrefix("text/css") {
        contents[path] = Data(try SourceText.lean(String(decoding: data, as: UTF8.self), file: path).utf8)
      } else {
        contents[path] = data
      }
    }
    for (name, text) in try Scripts(modules, entries: entries).texts {
      contents["js/\(name).js"] = Data(text.utf8)
    }
    for language in languages where !language.isEnglish {
      let translations = ["translations": TranslationsModule(of: language).text]
      for (name, text) in try Scripts(modules, replaced: translations, entries: entries).texts {
        contents["js/\(language.tag)/\(name).js"] = Data(text.utf8)
      }
    }
    var files: [String: File] = [:]
    var hash = SHA256()
    for (path, data) in contents.sorted(by: { $0.key < $1.key }) {
      hash.update(data: Data(path.utf8))
      hash.update(data: data)
      files[path] = File(type: Self.types[URL(filePath: path).pathExtension] ?? "", data: data)
    }
    self.files = files
    address = "/assets/" + hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
  }

  /// Where the modules in a language are, without a slash at the end.
  public func scripts(in language: Language) -> String {
    address + (language.isEnglish ? "/js" : "/js/\(language.tag)")
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
