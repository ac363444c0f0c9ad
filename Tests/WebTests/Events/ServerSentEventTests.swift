import NIOCore
import Testing

@testable import Web

/// Events in the bytes of `text/event-stream`.
@Suite struct ServerSentEventTests {
  private func text(_ event: ServerSentEvent) -> String { String(buffer: event.bytes) }

  @Test func parts() {
    #expect(text(ServerSentEvent(data: "x")) == "data: x\n\n")
    #expect(text(ServerSentEvent(id: 7, data: "x")) == "id: 7\ndata: x\n\n")
    #expect(text(ServerSentEvent(name: "ping", data: ".")) == "event: ping\ndata: .\n\n")
    #expect(
      text(ServerSentEvent(id: .max, name: "n", data: "")) == "id: 9223372036854775807\nevent: n\ndata: \n\n")
    #expect(text(.retry(milliseconds: 2_000)) == "retry: 2000\n\n")
    #expect(ServerSentEvent(id: 7, data: "").id == 7)
    #expect(ServerSentEvent(data: "").id == nil)
  }

  @Test(arguments: [
    ("a\nb", "data: a\ndata: b\n\n"), ("a\r\nb", "data: a\ndata: b\n\n"), ("a\rb", "data: a\ndata: b\n\n"),
    ("a\n\nb", "data: a\ndata: \ndata: b\n\n"), ("a\n", "data: a\ndata: \n\n"), ("\n", "data: \ndata: \n\n"),
    ("a\r\r\nb", "data: a\ndata: \ndata: b\n\n"), ("a\n\rb", "data: a\ndata: \ndata: b\n\n"),
    ("id: 9\nevent: evil", "data: id: 9\ndata: event: evil\n\n"),
    ("\n\nid: 9\n\n", "data: \ndata: \ndata: id: 9\ndata: \ndata: \n\n"),
    ("\u{2028}\u{85}", "data: \u{2028}\u{85}\n\n"), ("a\0b", "data: a\0b\n\n"),
    ("\r\u{0301}\n\u{0301}", "data: \ndata: \u{0301}\ndata: \u{0301}\n\n"),
  ])
  func noTextLeavesItsEvent(data: String, expected: String) {
    #expect(Array(text(ServerSentEvent(data: data)).utf8) == Array(expected.utf8))
  }

  @Test func aCopyIsTheSame() {
    for event in [ServerSentEvent(id: 7, name: "n", data: "a\nb"), .retry(milliseconds: 1)] {
      let copy = event.copied()
      #expect(copy.id == event.id && copy.bytes == event.bytes && copy.chunk == event.chunk)
    }
  }

  /// What a browser makes of it again (WHATWG HTML, 9.2.6).
  @Test(arguments: ["plain", "two\nlines", " leading", "\ttab", ":colon", "data: x", "", "\n", "😀\n\u{202E}"])
  func aBrowserReadsItBack(data: String) {
    let lines = text(ServerSentEvent(id: 1, data: data)).split(
      separator: "\n", omittingEmptySubsequences: false)
    let read = lines.filter { $0.hasPrefix("data:") }.map { line in
      let value = line.dropFirst(5)
      return value.hasPrefix(" ") ? value.dropFirst() : value
    }
    #expect(read.joined(separator: "\n") == data)
  }
}
