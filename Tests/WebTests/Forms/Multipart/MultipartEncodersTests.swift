import Testing
import Web

/// Bodies of clients: those with a version were captured (some boundaries cut since), those of browsers are
/// written after the form that they send.
@Suite struct MultipartEncodersTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let contentType: String
    let body: [UInt8]
    let parts: [ReadForm.Part]
  }

  private static func bytes(_ pieces: [any Collection<UInt8>]) -> [UInt8] { pieces.flatMap { Array($0) } }

  private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static let samples = [
    Sample(
      testDescription: "Python requests 2.34.2",
      contentType: "multipart/form-data; boundary=b3848237600bcf94d578ed5ee2cea392",
      body: bytes([
        "--b3848237600bcf94d578ed5ee2cea392\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nHi é\r\n"
          .utf8,
        "--b3848237600bcf94d578ed5ee2cea392\r\n".utf8,
        "Content-Disposition: form-data; name=\"image\"; filename=\"na%22me;é.png\"\r\n".utf8,
        "Content-Type: image/png\r\n\r\n".utf8, png, "\r\n--b3848237600bcf94d578ed5ee2cea392--\r\n".utf8,
      ]),
      parts: [
        .init("text", "Hi é"),
        .init(PartHeader(name: "image", fileName: "na\"me;é.png", contentType: "image/png"), png),
      ]),
    Sample(
      testDescription: "urllib3 2.7.0, line ends in a file name",
      contentType: "multipart/form-data; boundary=b",
      body: bytes([
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: ".utf8,
        "form-data; name=\"f\"; filename=\"x%0D%0A%22.txt\"\r\nContent-Type: text/plain\r\n\r\nzz\r\n--b--\r\n"
          .utf8,
      ]),
      parts: [.init("a", "1"), .init("f", file: "x\r\n\".txt", type: "text/plain", "zz")]),
    Sample(
      testDescription: "urllib3 2.7.0, no fields", contentType: "multipart/form-data; boundary=b",
      body: bytes(["--b--\r\n".utf8]), parts: []),
    Sample(
      testDescription: "curl 7.88.1",
      contentType: "multipart/form-data; boundary=------------------------ce907b38f740803a",
      body: bytes([
        "--------------------------ce907b38f740803a\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n"
          .utf8,
        "Hi é\r\n--------------------------ce907b38f740803a\r\nContent-Disposition: form-data; ".utf8,
        "name=\"image\"; filename=\"a%22b;\\c é.png\"\r\nContent-Type: image/png\r\n\r\n".utf8,
        [0x89] as [UInt8], "PNG\r\n--x\r\n--------------------------ce907b38f740803a\r\n".utf8,
        "Content-Disposition: form-data; name=\"e\"; filename=\"empty.bin\"\r\n".utf8,
        "Content-Type: application/octet-stream\r\n\r\n\r\n--------------------------ce907b38f740803a--\r\n"
          .utf8,
      ]),
      parts: [
        .init("text", "Hi é"),
        .init(
          PartHeader(name: "image", fileName: "a\"b;\\c é.png", contentType: "image/png"),
          [0x89] + Array("PNG\r\n--x".utf8)),
        .init("e", file: "empty.bin", type: "application/octet-stream", ""),
      ]),
    Sample(
      testDescription: "curl 7.88.1 --form-escape", contentType: "multipart/form-data; boundary=----ce9",
      body: bytes([
        "------ce9\r\nContent-Disposition: form-data; name=\"i\"; filename=\"a\\\"b;\\\\c.png\"\r\n".utf8,
        "Content-Type: image/png\r\n\r\nx\r\n------ce9--\r\n".utf8,
      ]),
      parts: [.init("i", file: "a\"b;\\c.png", type: "image/png", "x")]),
    Sample(
      testDescription: "undici of Node 20.20.2",
      contentType: "multipart/form-data; boundary=----formdata-undici-0486",
      body: bytes([
        "------formdata-undici-0486\r\nContent-Disposition: form-data; name=\"te%22xt%0D%0A\"\r\n\r\n".utf8,
        "Hi é\r\nline\r\n------formdata-undici-0486\r\nContent-Disposition: form-data; name=\"image\"; ".utf8,
        "filename=\"a%22b%0D%0A;\\é.png\"\r\nContent-Type: image/png\r\n\r\n".utf8,
        [0x89, 13, 10] as [UInt8],
        "\r\n------formdata-undici-0486--\r\n".utf8,
      ]),
      parts: [
        .init("te\"xt\r\n", "Hi é\r\nline"),
        .init(
          PartHeader(name: "image", fileName: "a\"b\r\n;\\é.png", contentType: "image/png"), [0x89, 13, 10]),
      ]),
    Sample(
      testDescription: "the form of Chromium, no file chosen",
      contentType: "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxkTrZu0gW9",
      body: bytes([
        "------WebKitFormBoundary7MA4YWxkTrZu0gW9\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n"
          .utf8,
        "------WebKitFormBoundary7MA4YWxkTrZu0gW9\r\nContent-Disposition: form-data; name=\"images\"; ".utf8,
        "filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n".utf8,
        "------WebKitFormBoundary7MA4YWxkTrZu0gW9--\r\n".utf8,
      ]),
      parts: [.init("text", ""), .init("images", file: "", type: "application/octet-stream", "")]),
    Sample(
      testDescription: "the form of Firefox, two files of one name",
      contentType: "multipart/form-data; boundary=---------------------------9051914041544843365972754266",
      body: bytes([
        "-----------------------------9051914041544843365972754266\r\n".utf8,
        "Content-Disposition: form-data; name=\"images\"; filename=\"日本.gif\"\r\nContent-Type: image/gif\r\n"
          .utf8,
        "\r\nGIF89a\r\n-----------------------------9051914041544843365972754266\r\n".utf8,
        "Content-Disposition: form-data; name=\"images\"; filename=\"b.gif\"\r\nContent-Type: image/gif\r\n"
          .utf8,
        "\r\n\r\n\r\n-----------------------------9051914041544843365972754266--\r\n".utf8,
      ]),
      parts: [
        .init("images", file: "日本.gif", type: "image/gif", "GIF89a"),
        .init("images", file: "b.gif", type: "image/gif", "\r\n"),
      ]),
  ]

  @Test(arguments: samples) func read(sample: Sample) throws {
    let boundary = try #require(MultipartBoundary(contentType: sample.contentType))
    let text = String(sample.contentType.split(separator: "boundary=").last ?? "")
    #expect(boundary == MultipartBoundary(text.utf8))
    for chunks in [[sample.body], sample.body.map { [$0] }] {
      #expect(try ReadForm(chunks, boundary: text).parts == sample.parts)
    }
  }
}
