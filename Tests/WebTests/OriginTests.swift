import Testing

@testable import Web

/// Where a page comes from, however it is written.
@Suite struct OriginTests {
  @Test(arguments: [
    ("http://chat.lan", "http://chat.lan:80"), ("https://chat.lan:443/x?y#z", "HTTPS://CHAT.LAN"),
    ("https://bücher.example", "https://xn--bcher-kva.example:443"), ("http://[::1]:80", "http://[::1]"),
    ("https://ｃｈａｔ.lan", "https://chat.lan"),
  ])
  func one(one: String, other: String) throws {
    #expect(try #require(Origin(one)) == #require(Origin(other)))
  }

  @Test(arguments: [
    ("http://chat.lan", "https://chat.lan"), ("http://chat.lan", "http://chat.lan:8080"),
    ("http://chat.lan", "http://chat.lan.example"), ("http://chat.lan:443", "https://chat.lan:443"),
  ])
  func two(one: String, other: String) throws {
    #expect(try #require(Origin(one)) != #require(Origin(other)))
  }

  @Test(arguments: [
    "", "null", "about:blank", "chat.lan", "//chat.lan", "ftp://chat.lan", "http://", "http:///x",
    "http://x@chat.lan",
    "http://x:y@chat.lan", "http://chat.lan:80.evil.example", "http://a b", "javascript://x",
  ])
  func none(address: String) { #expect(Origin(address) == nil) }
}
