import Testing
import Web

@testable import Chat

/// What one is told to send to others leads them here.
@Suite struct InvitationAddressTests {
  @Test(
    arguments: [
      ("https://chat.example.org", "127.0.0.1", "127.0.0.1:8080", "https://chat.example.org"),
      (nil, "0.0.0.0", "chat.lan:8080", "http://chat.lan:8080"),
      (nil, "127.0.0.1", "chat.lan", "http://chat.lan"),
      (nil, "0.0.0.0", "127.0.0.1:8080", "http://10.0.0.7:8080"),
      (nil, "::", "[::1]:8080", "http://10.0.0.7:8080"),
      (nil, "0.0.0.0", "localhost", "http://10.0.0.7"),
      (nil, "0.0.0.0", "0.0.0.0:8080", "http://10.0.0.7:8080"),
      (nil, "127.0.0.1", "127.0.0.1:8080", nil), (nil, "localhost", "localhost:8080", nil),
      (nil, "127.0.0.1", "127.1.2.3:8080", nil), (nil, "127.0.0.1", "chat.localhost:8080", nil),
      (nil, "127.0.0.1", "", nil),
    ] as [(String?, String, String, String?)])
  func address(publicURL: String?, listener: String, authority: String, expected: String?) {
    let found = InvitationAddress(
      publicURL: publicURL, listener: listener, authority: authority, scheme: "http", machine: "10.0.0.7")
    #expect(found.text == expected)
  }

  @Test func withoutANetwork() {
    let found = InvitationAddress(
      publicURL: nil, listener: "0.0.0.0", authority: "localhost:1", scheme: "http", machine: nil)
    #expect(found == .onlyHere)
  }

  @Test(arguments: [
    ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true),
    ("[::1]", true),
    ("127.example.org", false), ("10.0.0.7", false), ("0.0.0.0", false), ("::", false),
    ("localhost.example.org", false),
  ])
  func loopback(host: String, expected: Bool) { #expect(LocalNetwork.isLoopback(host) == expected) }

  @Test func thisMachine() {
    if let address = LocalNetwork.address() { #expect(!LocalNetwork.isLoopback(address)) }
  }
}
