import Web

/// A form made by chance, and the body that an encoder makes of it. Small, and full of what looks like a
/// delimiter.
struct RandomForm {
  let boundary: String
  let parts: [ReadForm.Part]
  let body: [UInt8]

  private static let boundaries = ["b", "--", "-b-", "a b", "----WebKitFormBoundaryAbC", "0123456789=_?"]
  private static let texts = [
    "", "a", "text", "é", "a\"b", "a;b", "a\\b", "\r\n", "../x", "a b", "日", "%41", "a=b", "😀", "\\", "'",
  ]

  init(using random: inout SplitMix) {
    boundary = Self.boundaries.randomElement(using: &random) ?? "b"
    var parts: [ReadForm.Part] = []
    var body = random.chance(0.2) ? Array("preamble\r\n".utf8) : []
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let part = ReadForm.Part(Self.header(&random), Self.data(boundary, &random))
      parts.append(part)
      body += Array("--\(boundary)\(random.chance(0.1) ? " \t" : "")\r\n".utf8)
      body += Self.encoded(part.header, &random) + part.bytes + Array("\r\n".utf8)
    }
    body += Array("--\(boundary)--".utf8)
    if random.chance(0.7) { body += Array("\r\n".utf8) }
    if random.chance(0.1) { body += Array("\r\nepilogue".utf8) }
    self.parts = parts
    self.body = body
  }

  private static func header(_ random: inout SplitMix) -> PartHeader {
    func text(_ random: inout SplitMix) -> String {
      (0..<Int.random(in: 0...2, using: &random)).map { _ in texts.randomElement(using: &random) ?? "" }
        .joined()
    }
    return PartHeader(
      name: text(&random), fileName: random.chance(0.5) ? text(&random) : nil,
      contentType: random.chance(0.5) ? "image/png" : nil)
  }

  private static func data(_ boundary: String, _ random: inout SplitMix) -> [UInt8] {
    let pieces: [[UInt8]] = [
      "\r", "\n", "\r\n", "\r\n-", "\r\n--", "\r\n--" + boundary.dropLast(), "--" + boundary, "x", boundary,
      "\0",
    ].map { Array($0.utf8) }
    let data = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in
      pieces.randomElement(using: &random) ?? []
    }
    let whole = NaiveMultipart(
      Array("--\(boundary)\r\na: b\r\n\r\n".utf8) + data + Array("\r\n--\(boundary)--".utf8),
      boundary: boundary)
    // What holds the delimiter by chance would not be sent with this boundary.
    return whole?.bodies == [data] ? data : []
  }

  private static func encoded(_ header: PartHeader, _ random: inout SplitMix) -> [UInt8] {
    let isBackslashed = random.chance(0.3)
    func quoted(_ text: String) -> String {
      var text = text.replacing("\\", with: "\\\\").replacing("\r\n", with: "%0D%0A")
      text = text.replacing("\"", with: isBackslashed ? "\\\"" : "%22")
      return "\"\(text)\""
    }
    var lines = ["Content-Disposition: form-data; name=" + quoted(header.name)]
    if let fileName = header.fileName { lines[0] += "; filename=" + quoted(fileName) }
    if let contentType = header.contentType { lines.append("content-type: " + contentType) }
    if random.chance(0.2) { lines.append("X-Other: y") }
    lines.shuffle(using: &random)
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
  }
}

extension SplitMix {
  mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &self) < part }
}
