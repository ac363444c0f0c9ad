import NIOCore
import Testing
import Web

/// The bytes of parts.
@Suite struct MultipartDataTests {
  private static let field = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"

  @Test(arguments: [
    "", "\r\n", "\r\n\r\n", "x\r\n", "\r", "\n", "\n\r", "\r\r", "\r\r\n", "x\r", "\r\n-", "\r\n--", "\r\n-b",
    "\r\n--a", "\n--b--\r\n", "\r--b--\r\n", "\r\r\n--a", "\r\n\r\n--", "--", "-", "--a", "\r\n --b",
    "\r\n- -b",
    "x--b--\r\n", "\r\n--B", "\r\n\n--b", "\r\n\r--b", "\0", "\r\n--\r\n--\r\n--\r\n-", "\r\n\0--b",
  ])
  func keptAsTheyAre(text: String) throws {
    let body = Self.field + text + "\r\n" + Self.field + "next\r\n--b--\r\n"
    for chunks in [[Array(body.utf8)], body.utf8.map { [$0] }] {
      #expect(try ReadForm(chunks).parts == [.init("a", text), .init("a", "next")])
    }
  }

  @Test func everyByteValue() throws {
    let data = Array(UInt8.min...UInt8.max)
    let form = try ReadForm([Array(Self.field.utf8), data, Array("\r\n--b--".utf8)])
    #expect(form.parts.map(\.bytes) == [data])
  }

  /// The empty line that ends the header may be the delimiter's own line end (RFC 2046, section 5.1.1).
  @Test func aPartWithoutABody() throws {
    #expect(try ReadForm(Self.field + "--b--").parts == [.init("a", "")])
    #expect(try ReadForm(Self.field + Self.field + "x\r\n--b--").parts == [.init("a", ""), .init("a", "x")])
  }

  @Test func noFileChosen() throws {
    let body =
      "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"\"\r\n"
      + "Content-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"
    #expect(try ReadForm(body).parts == [.init("image", file: "", type: "application/octet-stream", "")])
  }

  /// The prefix of a longer line is a delimiter too, so such data needs another boundary.
  @Test func aLineThatBeginsWithTheBoundary() {
    #expect(throws: MultipartError.malformed) { try ReadForm(Self.field + "x\r\n--bc\r\n--b--") }
  }

  @Test func dataSharesTheMemoryOfTheChunk() throws {
    var parser = MultipartParser(
      boundary: try #require(MultipartBoundary("b".utf8)), limits: MultipartLimits(parts: 1))
    let chunk = ByteBuffer(string: Self.field + String(repeating: "x\r\n", count: 1_000) + "\r\n--b--")
    let slices = try parser.feed(chunk).compactMap { event -> ByteBuffer? in
      if case .data(let bytes) = event { bytes } else { nil }
    }
    #expect(slices.count == 1)
    let slice = try #require(slices.first)
    #expect(slice.readableBytes == 3_000)
    let start = chunk.withUnsafeReadableBytes { $0.baseAddress }
    let sliceStart = slice.withUnsafeReadableBytes { $0.baseAddress }
    #expect(try #require(sliceStart) - (try #require(start)) == Self.field.utf8.count)
  }

  /// One event a chunk and no more than the chunk's bytes, however often a delimiter seems to begin.
  @Test(arguments: ["\r", "\r\n", "\r\n--", "\r\n--boundar", "\r\n-", "\r\r\n--bounda", "-", "\n"])
  func hostileBodies(unit: String) throws {
    let count = 1 << 14
    let data = Array(repeatElement(Array(unit.utf8), count: count / unit.utf8.count).joined())
    let boundary = try #require(MultipartBoundary("boundary".utf8))
    let head = Array(Self.field.replacing("--b", with: "--boundary").utf8)
    for size in [1, 7, 4_096] {
      var parser = MultipartParser(boundary: boundary, limits: MultipartLimits(parts: 1))
      _ = try parser.feed(ByteBuffer(bytes: head))
      var total = 0
      for start in stride(from: 0, to: data.count, by: size) {
        let events = try parser.feed(ByteBuffer(bytes: data[start..<min(start + size, data.count)]))
        if events.count > 2 { Issue.record("\(events.count) events for \(size) bytes") }
        for case .data(let bytes) in events { total += bytes.readableBytes }
      }
      for case .data(let bytes) in try parser.feed(ByteBuffer(string: "\r\n--boundary--")) {
        total += bytes.readableBytes
      }
      try parser.finish()
      #expect(total == data.count)
    }
  }
}
