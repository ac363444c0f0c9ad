import Testing

@testable import Bench

/// Where an answer ends, however its bytes arrive.
@Suite struct AnswerParserTests {
  /// Feeds it in pieces of `size`.
  /// - Returns: how many bytes it took to be complete.
  private func feed(_ text: String, _ parser: inout AnswerParser, size: Int) -> Int? {
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      let end = min(start + size, bytes.count)
      if bytes[start..<end].withUnsafeBytes({ parser.take($0) }) { return end }
    }
    return nil
  }

  @Test(arguments: [1, 2, 3, 7, 1_000]) func bodies(size: Int) {
    let answers: [(text: String, status: Int, body: Int)] = [
      ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, 5),
      ("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", 200, 0),
      ("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", 304, 0),
      ("HTTP/1.1 204 No Content\r\n\r\n", 204, 0),
      (
        "HTTP/1.1 422 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
        422, 15
      ),
      ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nTrailer: x\r\n\r\n", 200, 1),
    ]
    var parser = AnswerParser()
    for answer in answers {
      let taken = feed(answer.text, &parser, size: size)
      #expect(taken == answer.text.utf8.count)
      #expect(parser.status == answer.status)
      #expect(parser.bodyBytes == answer.body)
      parser.reset()
    }
  }

  @Test func fields() {
    var parser = AnswerParser()
    _ = feed("HTTP/1.1 200 OK\r\nETag: \"x:y\"\r\nContent-Length: 0\r\n\r\n", &parser, size: 4)
    #expect(parser.field("etag") == "\"x:y\"")
    #expect(parser.field("vary") == nil)
  }
}
