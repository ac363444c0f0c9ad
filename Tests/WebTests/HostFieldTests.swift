import HTTPTypes
import Testing

@testable import Web

/// Whether a request names one host.
@Suite struct HostFieldTests {
  @Test(arguments: [
    "example.org", "example.org:8080", "127.0.0.1", "[::1]:80", "[fe80::1%25eth0]", "a_b", "%41", "x:99999",
  ])
  func proper(value: String) {
    #expect(HostField.isProper([value]))
    #expect(!HostField.isProper([value, value]))
  }

  @Test(arguments: ["", " ", "a b", "a/b", "a?b", "a#b", "user@example.org", "a\\b", "a\"b", "é", "a\tb"])
  func improper(value: String) {
    #expect(!HostField.isProper([value]))
    #expect(!HostField.isProper([value], isOptional: true))
  }

  @Test func none() {
    #expect(!HostField.isProper([]))
    #expect(HostField.isProper([], isOptional: true))
  }

  private func isNamed(_ authority: String?, _ hosts: String...) -> Bool {
    var head = HTTPRequest(method: .get, scheme: "https", authority: authority, path: "/")
    for host in hosts {
      guard let name = HTTPField.Name("Host") else { return false }
      head.headerFields.append(HTTPField(name: name, value: host))
    }
    return HostField.isProper(in: head)
  }

  @Test func overHTTP2() {
    #expect(isNamed("example.org") && isNamed(nil, "example.org") && isNamed("example.org", "EXAMPLE.org"))
    #expect(!isNamed(nil) && !isNamed("") && !isNamed(nil, ""))
    #expect(!isNamed("example.org", "evil.example") && !isNamed(nil, "a", "a") && !isNamed("a", "a", "a"))
  }
}
