import Foundation

@testable import Chat

/// A form as a browser sends it that brings files.
struct MultipartBody {
  static let boundary = "----nextalk-test-boundary"
  static let type = "multipart/form-data; boundary=\(boundary)"

  private var start: [UInt8] = []

  /// The whole body.
  var bytes: [UInt8] { start + Array("--\(Self.boundary)--\r\n".utf8) }
  /// The body without its end.
  var unfinished: [UInt8] { start }

  init(_ fields: KeyValuePairs<String, String> = [:]) {
    for (name, value) in fields { add(name, value) }
  }

  mutating func add(_ name: String, _ value: String) {
    start += Array("--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n".utf8)
    start += Array(value.utf8) + Array("\r\n".utf8)
  }

  mutating func add(_ name: String, file: String, _ bytes: [UInt8], type: String = "image/png") {
    start += Array(
      "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"\(file)\"\r\n".utf8)
    start += Array("Content-Type: \(type)\r\n\r\n".utf8) + bytes + Array("\r\n".utf8)
  }

  func adding(_ name: String, file: String, _ bytes: [UInt8], type: String = "image/png") -> MultipartBody {
    var body = self
    body.add(name, file: file, bytes, type: type)
    return body
  }
}

extension Browser {
  func post(
    _ path: String, _ body: MultipartBody, _ headers: KeyValuePairs<String, String> = [:]
  ) async throws -> Answer {
    try await send(
      .POST, path, .init([("Content-Type", MultipartBody.type)] + headers.map { ($0, $1) }), body.bytes)
  }
}

extension Person {
  /// Sends images as the composer's form does.
  func send(
    _ images: [(name: String, bytes: [UInt8])], text: String = "", alts: [String] = [], clientID: String = "",
    to other: Person, isFragment: Bool = false
  ) async throws -> Answer {
    var body = MultipartBody(["text": text, "clientId": clientID])
    for alt in alts { body.add("alt", alt) }
    for image in images { body.add("images", file: image.name, image.bytes) }
    let path = "/people/\(other.id)/messages"
    return try await isFragment ? browser.post(path, body, ["HX-Request": "true"]) : browser.post(path, body)
  }
}

extension Answer {
  /// The names of the uploads that a page shows, in their order, each once.
  var uploads: [String] {
    var names: [String] = []
    for part in html.between("/uploads/", "\"") where !names.contains(part.description) {
      names.append(part.description)
    }
    return names
  }
}

extension TestServer {
  /// Where the file of an upload is.
  func file(_ name: String) -> URL {
    folder.appending(path: "uploads/\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)")
  }

  /// Every file of the uploads folder, half uploads too.
  var uploadedFiles: [String] {
    let folder = folder.appending(path: "uploads")
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return (found?.allObjects as? [URL] ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .map(\.lastPathComponent).sorted()
  }
}
