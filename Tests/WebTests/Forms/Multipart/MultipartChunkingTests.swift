import Testing
import Web

/// How a body is cut into chunks never matters.
@Suite struct MultipartChunkingTests {
  private static let body = Array(
    ("preamble\r\n--bound \t\r\nContent-Disposition: form-data; name=\"te%22xt\"\r\n\r\nHi\r\n--boun\r\n\r\n"
      + "--bound\r\ncontent-type: image/png\r\nContent-Disposition: form-data; name=i; filename=\"é\\\".png\"\r\n\r\n"
      + "\r\r\n-\r\n--bounx\r\n--bound\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n--bound-- \r\nend")
      .utf8)
  private static let parts: [ReadForm.Part] = [
    .init("te\"xt", "Hi\r\n--boun\r\n"),
    .init("i", file: "é\".png", type: "image/png", "\r\r\n-\r\n--bounx"), .init("", ""),
  ]

  private func parts(_ chunks: [ArraySlice<UInt8>]) throws -> [ReadForm.Part] {
    try ReadForm(chunks, boundary: "bound").parts
  }

  @Test func whole() throws {
    #expect(try parts([Self.body[...]]) == Self.parts)
  }

  @Test func everySplitInTwo() throws {
    for count in 0...Self.body.count {
      #expect(try parts([Self.body.prefix(count), Self.body.dropFirst(count)]) == Self.parts, "\(count)")
    }
  }

  @Test func everySplitInThreeAroundAByte() throws {
    for index in Self.body.indices {
      let chunks = [Self.body[..<index], Self.body[index...index], Self.body[(index + 1)...]]
      #expect(try parts(chunks) == Self.parts, "\(index)")
    }
  }

  @Test(arguments: 1...40) func equalChunks(size: Int) throws {
    let chunks = stride(from: 0, to: Self.body.count, by: size).map {
      Self.body[$0..<min($0 + size, Self.body.count)]
    }
    #expect(try parts(chunks) == Self.parts)
  }

  @Test func randomChunks() throws {
    var random = SplitMix(seed: 1)
    for _ in 0..<500 {
      let most = Int.random(in: 1...80, using: &random)
      #expect(try parts(Self.body.chunked(upTo: most, using: &random)) == Self.parts)
    }
  }

  /// What was encoded comes back, as the naive reading has it too.
  @Test func randomForms() throws {
    var random = SplitMix(seed: 2)
    for _ in 0..<1_000 {
      let form = RandomForm(using: &random)
      let chunks = form.body.chunked(upTo: 40, using: &random)
      let read = try ReadForm(chunks, boundary: form.boundary)
      #expect(read.parts == form.parts, "\(String(decoding: form.body, as: UTF8.self).debugDescription)")
      #expect(NaiveMultipart(form.body, boundary: form.boundary)?.bodies == form.parts.map(\.bytes))
    }
  }
}
