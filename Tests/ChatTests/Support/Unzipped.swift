import CArchive
import Foundation
import Testing

/// The files of a zip archive by their paths, read by its central directory.
struct Unzipped {
  let files: [String: [UInt8]]

  init(_ bytes: [UInt8]) throws {
    let archive = archive_read_new()
    defer { archive_read_free(archive) }
    archive_read_support_format_zip_seekable(archive)
    var files: [String: [UInt8]] = [:]
    try bytes.withUnsafeBytes { bytes in
      try #require(archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK)
      var entry: OpaquePointer?
      while archive_read_next_header(archive, &entry) == ARCHIVE_OK {
        let name = try #require(archive_entry_pathname(entry).map { String(cString: $0) })
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
          let count = piece.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
          try #require(count >= 0)
          guard count > 0 else { break }
          content += piece.prefix(count)
        }
        try #require(files.updateValue(content, forKey: name) == nil, "\(name) is there twice")
      }
    }
    self.files = files
  }

  /// The paths below the one folder that all are in.
  var names: [String] { files.keys.map { String($0.drop { $0 != "/" }.dropFirst()) }.sorted() }

  /// - Parameter name: below that folder.
  func bytes(_ name: String) throws -> [UInt8] {
    let path = files.keys.first { $0.drop { $0 != "/" }.dropFirst() == name }
    return try #require(path.flatMap { files[$0] }, "\(name) is not among \(names)")
  }

  func html(_ name: String) throws -> HTML { HTML(try bytes(name)) }

  func json<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try bytes(name)))
  }
}
