import NIOCore
import Testing
import Web

/// The header of a part.
@Suite struct PartHeaderTests {
  private func header(
    _ lines: String, limits: MultipartLimits = MultipartLimits(parts: 1)
  ) throws -> PartHeader {
    try #require(
      try ReadForm("--b\r\n" + lines + "\r\n\r\nx\r\n--b--", limits: limits).parts.first?.header)
  }

  private func disposition(_ parameters: String) throws -> PartHeader {
    try header("Content-Disposition: form-data; " + parameters)
  }

  @Test(arguments: [
    ("name=\"a\"", "a"), ("name=a", "a"), ("NAME=\"a\"", "a"), ("name=\"\"", ""), ("x=y; name=\"a\"", "a"),
    ("name=\"a;b\"", "a;b"), ("name=\"a\"; filename*=UTF-8''z", "a"), ("name=\"a\";", "a"),
    ("name=\"a\" ; x=y", "a"), ("x=\"\\\"; name=z\"; name=\"a\"", "a"), ("name=\"a%20%2\"", "a%20%2"),
    ("name=a%22", "a%22"), ("name=\"a\"; name*=UTF-8''z", "a"), ("name=\" a \"", " a "),
  ])
  func names(parameters: String, expected: String) throws {
    #expect(try disposition(parameters).name == expected)
  }

  @Test(arguments: [
    ("\"i.png\"", "i.png"), ("i.png", "i.png"), ("\"\"", ""), ("\"a\\\"b\"", "a\"b"), ("\"a\\\\b\"", "a\\b"),
    ("\"a%22b\"", "a\"b"), ("\"a%0D%0Ab\"", "a\r\nb"), ("\"a%0d%0ab\"", "a\r\nb"), ("\"100%\"", "100%"),
    ("\"%2\"", "%2"), ("\"%\"", "%"), ("\"%2F%00%25\"", "%2F%00%25"), ("\"%%22\"", "%\""),
    ("\"%\\22\"", "%\\22"),
    ("\"a;b=c\"", "a;b=c"), ("\"é日本😀\"", "é日本😀"), ("é.png", "é.png"),
    ("\"C:\\fake\\é.png\"", "C:\\fake\\é.png"),
    ("\"../../etc/passwd\"", "../../etc/passwd"), ("\"/etc/passwd\"", "/etc/passwd"), ("\"a\\\"", "a\\"),
    ("\"\\\"", "\\"), ("\"\\\\\"", "\\"), ("\"\\\\\\\"", "\\\\"), ("\"a\tb\"", "a\tb"),
    ("\"a\0b\"", "a\u{FFFD}b"),
    ("\"\u{202E}gnp.exe\"", "\u{202E}gnp.exe"), ("\"<script>\"", "<script>"),
  ])
  func fileNames(value: String, expected: String) throws {
    let read = try #require(try disposition("name=\"a\"; filename=" + value).fileName)
    #expect(Array(read.utf8) == Array(expected.utf8))
  }

  @Test(
    arguments: [
      ([0xFF], "\u{FFFD}"), ([0xC3, 0x28], "\u{FFFD}("), ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xC3], "\u{FFFD}"), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}"), ([0], "\u{FFFD}"),
      ([0, 0xCC, 0x81], "\u{FFFD}\u{301}"), ([0, 0], "\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)])
  func namesThatAreNoUTF8(bytes: [UInt8], expected: String) throws {
    for parameter in ["name=\"", "name=\"a\"; filename=\""] {
      let head = Array("--b\r\nContent-Disposition: form-data; \(parameter)".utf8)
      let form = try ReadForm([head + bytes + Array("\"\r\n\r\n\r\n--b--".utf8)])
      let header = try #require(form.parts.first?.header)
      #expect(Array((header.fileName ?? header.name).utf8) == Array(expected.utf8))
    }
  }

  @Test func fileNameStarCountsForNothing() throws {
    #expect(try disposition("name=\"a\"; filename*=UTF-8''z.png").fileName == nil)
    #expect(try disposition("name=\"a\"; filename*=UTF-8''z.png; filename=\"y.png\"").fileName == "y.png")
  }

  @Test func otherFields() throws {
    let read = try header(
      "X-Other: y\r\nCONTENT-TYPE:  image/png; x=y \t\r\ncontent-disposition:form-data;name=a\r\nContent-Length: 7"
        + "\r\nContent-Transfer-Encoding: BINARY")
    #expect(read == PartHeader(name: "a", contentType: "image/png; x=y"))
    #expect(try header("Content-Disposition: FORM-DATA; name=a\r\nContent-Type:").contentType == "")
  }

  @Test(arguments: ["7bit", "8bit", "binary", "8Bit"])
  func transferEncodings(value: String) throws {
    _ = try header("Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: " + value)
  }

  @Test(arguments: [
    "", "Content-Type: text/plain", "Content-Disposition: form-data", "Content-Disposition: form-data;",
    "Content-Disposition: form-data; filename=\"a\"", "Content-Disposition: attachment; name=\"a\"",
    "Content-Disposition: form-data name=\"a\"", "Content-Disposition: ; name=\"a\"", "Content-Disposition:",
    "Content-Disposition: form-data; name", "Content-Disposition: form-data; name=",
    "Content-Disposition: form-data; name=\"a", "Content-Disposition: form-data; name=\"a\"b",
    "Content-Disposition: form-data; name=\"a\\\"; x=y", "Content-Disposition: form-data; name=a b",
    "Content-Disposition: form-data; name=\"a\"; name=\"b\"",
    "Content-Disposition: form-data; name=a; filename=x; FileName=y",
    "Content-Disposition: form-data; name=a\"b", "Content-Disposition: form-data; name =a",
    "Content-Disposition: form-data; name= a",
    "Content-Disposition: form-data; =a; name=a", "Content-Disposition: form-data, name=a",
    "Content-Disposition: form-data; name=a\0", "Content-Disposition: form-data; name=\"a\"\"b\"",
    "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=a",
    "Content-Disposition: form-data; name=a\r\nContent-Type: a/b\r\nContent-Type: a/b",
    "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64",
    "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: quoted-printable",
    "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding:",
    "Content-Disposition : form-data; name=a", " Content-Disposition: form-data; name=a",
    "Content-Disposition: form-data;\r\n name=a", "Content-Disposition: form-data; name=a\r\n\tx: y",
    "Content-Disposition: form-data; name=a\r\nno colon", "Content-Disposition: form-data; name=a\r\n: x",
    "Content-Disposition: form-data; name=a\r\nX\0: x", "Content-Disposition: form-data; name=a\r\né: x",
    "Content-Disposition: form-data; name=\"a\nb\"", "Content-Disposition: form-data; name=\"a\rb\"",
    "Content-Disposition: form-data; name=a\nX: y", "Content-Disposition: form-data; name=a\r\r\nX: y",
    "\nContent-Disposition: form-data; name=a", "Content-Disposition: form-data; name=a\r",
    "Content-Disposition: form-data; name=\"a\r\nContent-Type: x\"",
  ])
  func malformed(lines: String) {
    #expect(throws: MultipartError.malformed) { try header(lines) }
  }

  @Test func anEscapedLineEndBeginsNoField() throws {
    let read = try disposition("name=\"a\"; filename=\"x%0D%0AContent-Type: text/html%0D%0A%0D%0Ay\"")
    #expect(read.fileName == "x\r\nContent-Type: text/html\r\n\r\ny" && read.contentType == nil)
  }

  @Test func bytesToTheLimit() throws {
    let lines = "Content-Disposition: form-data; name=a"
    let exact = MultipartLimits(parts: 1, headerBytes: lines.utf8.count + 4)
    let less = MultipartLimits(parts: 1, headerBytes: lines.utf8.count + 3)
    #expect(try header(lines, limits: exact).name == "a")
    #expect(throws: MultipartError.headerTooLarge) { try header(lines, limits: less) }
  }

  @Test func fieldsToTheLimit() throws {
    let lines = "Content-Disposition: form-data; name=a\r\nX: y"
    #expect(try header(lines, limits: MultipartLimits(parts: 1, headerFields: 2)).name == "a")
    #expect(throws: MultipartError.headerTooLarge) {
      try header(lines, limits: MultipartLimits(parts: 1, headerFields: 1))
    }
  }

  /// The error comes while the header still runs, at the byte that is too many.
  @Test(arguments: ["x", "X: y\r\n", "\"", "\r", " "])
  func endless(unit: String) throws {
    let limits = MultipartLimits(parts: 1, headerBytes: 1_000, headerFields: 10_000)
    var parser = MultipartParser(boundary: try #require(MultipartBoundary("b".utf8)), limits: limits)
    _ = try parser.feed(ByteBuffer(string: "--b\r\n"))
    let bytes = repeatElement(Array(unit.utf8), count: 2_000).joined()
    var taken = 0
    #expect(throws: MultipartError.headerTooLarge) {
      for byte in bytes {
        _ = try parser.feed(ByteBuffer(bytes: [byte]))
        taken += 1
      }
    }
    #expect(taken == 1_000)
  }
}
