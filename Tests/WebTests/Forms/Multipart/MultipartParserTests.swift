import NIOCore
import Testing
import Web

/// The frame of a `multipart/form-data` body: delimiters, what stands around them, and its end.
@Suite struct MultipartParserTests {
  private static let field = "Content-Disposition: form-data; name=\"a\"\r\n\r\n"
  private static let part = "--b\r\n\(field)x\r\n"

  private func error(_ body: String, limits: MultipartLimits = MultipartLimits(parts: 100)) -> MultipartError?
  {
    #expect(throws: MultipartError.self) { try ReadForm(body, limits: limits) }
  }

  @Test func twoParts() throws {
    let form = try ReadForm(
      "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHi\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"i.png\"\r\n"
        + "Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n")
    #expect(form.parts == [.init("text", "Hi"), .init("image", file: "i.png", type: "image/png", "PNG")])
  }

  @Test(arguments: ["--b--\r\n", "--b--", "\r\n--b--", "--b--\r", "--b-- \t \r\n", "preamble\r\n--b--"])
  func emptyForm(body: String) throws {
    #expect(try ReadForm(body).parts.isEmpty)
  }

  @Test(arguments: [
    "", "\r\n", "preamble\r\n", "--b is not one\r\n", "--\r\n", "-\r\n", "\r\r\n", "x\n--b\r\n\r\n",
    "x--b--\r\n",
    "\r\n--c--\r\n", "--a\r\n",
  ])
  func preamble(text: String) throws {
    guard !text.hasPrefix("--b") else {
      #expect(error(text + Self.part + "--b--") == .malformed)
      return
    }
    #expect(try ReadForm(text + Self.part + "--b--\r\n").parts == [.init("a", "x")])
  }

  @Test func thePreambleIsBounded() throws {
    let limits = MultipartLimits(parts: 1, preambleBytes: 10)
    let ten = String(repeating: "p", count: 10)
    #expect(try ReadForm(ten + "\r\n" + Self.part + "--b--", limits: limits).parts.count == 1)
    #expect(error(ten + "p\r\n" + Self.part + "--b--", limits: limits) == .malformed)
    #expect(error(ten + "p", limits: limits) == .malformed)
    #expect(error(ten, limits: limits) == .incomplete)
  }

  @Test(arguments: ["", "\r\n", "\r\nepilogue", "\r\n--b\r\nnot a part", "\r\n--b--\r\n", " \t\r\n\0"])
  func epilogue(text: String) throws {
    #expect(try ReadForm(Self.part + "--b--" + text).parts == [.init("a", "x")])
  }

  @Test func theEpilogueHasNoLimit() throws {
    let text = String(repeating: "e", count: 100_000)
    #expect(try ReadForm(Self.part + "--b--\r\n" + text).parts.count == 1)
  }

  @Test(arguments: [" ", "\t", " \t \t", String(repeating: " ", count: 10_000)])
  func padding(text: String) throws {
    let form = try ReadForm(
      "--b\(text)\r\n\(Self.field)x\r\n--b\(text)\r\n\(Self.field)y\r\n--b--\(text)\r\n")
    #expect(form.parts == [.init("a", "x"), .init("a", "y")])
  }

  @Test(arguments: [
    "--b\n", "--b \n", "--b\r\r\n", "--bb\r\n", "--b-\r\n", "--b -\r\n", "--b --\r\n", "--b---\r\n",
    "--b--x\r\n",
    "--b--\n", "--b-- \n", "--b--\rx", "--b\0\r\n", "--b--\r\r\n",
  ])
  func whatMayNotFollowABoundary(line: String) {
    #expect(error(line + Self.field + "x\r\n--b--\r\n") == .malformed)
    #expect(error(Self.part + line + Self.field + "x\r\n--b--\r\n") == .malformed)
  }

  @Test func lineFeedsAlone() {
    let body = (Self.part + "--b--\r\n").replacing("\r\n", with: "\n")
    #expect(error(body) == .malformed)
  }

  @Test func withoutTheFinalDashes() {
    for end in ["--b", "--b-", "--b\r\n", "--b \t"] {
      #expect(error(Self.part + end) == .incomplete, "\(end)")
    }
  }

  @Test func truncatedAtEveryByte() throws {
    let body = Array((Self.part + Self.part + "--b--").utf8)
    #expect(try ReadForm([body]).parts.count == 2)
    for count in 0..<body.count {
      #expect(throws: MultipartError.incomplete, "\(count)") { try ReadForm([body.prefix(count)]) }
      #expect(throws: MultipartError.incomplete, "\(count)") { try ReadForm(body.prefix(count).map { [$0] }) }
    }
  }

  @Test func tooManyParts() throws {
    let body = String(repeating: Self.part, count: 3) + "--b--"
    #expect(try ReadForm(body, limits: MultipartLimits(parts: 3)).parts.count == 3)
    #expect(error(body, limits: MultipartLimits(parts: 2)) == .tooManyParts)
    #expect(try ReadForm("--b--", limits: MultipartLimits(parts: 0)).parts.isEmpty)
    #expect(error(Self.part, limits: MultipartLimits(parts: 0)) == .tooManyParts)
  }

  @Test func anErrorStays() throws {
    var parser = MultipartParser(
      boundary: try #require(MultipartBoundary("b".utf8)), limits: MultipartLimits(parts: 1))
    #expect(throws: MultipartError.malformed) { try parser.feed(ByteBuffer(string: "--b\n")) }
    #expect(throws: MultipartError.malformed) { try parser.feed(ByteBuffer(string: "\r\n--b--")) }
    #expect(throws: MultipartError.malformed) { try parser.finish() }
  }

  @Test func theBoundaryOfSeventyBytes() throws {
    let boundary = String(repeating: "-", count: 70)
    let body = Self.part.replacing("--b", with: "--\(boundary)") + "--\(boundary)--"
    #expect(try ReadForm(body, boundary: boundary).parts == [.init("a", "x")])
  }
}
