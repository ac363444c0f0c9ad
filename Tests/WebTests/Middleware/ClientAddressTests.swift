import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// Where a request comes from, with and without a proxy.
@Suite struct ClientAddressTests {
  private func address(
    _ forwarded: [String], trusting proxies: [String], host: String = "127.0.0.1"
  ) async throws -> String {
    var headers = HTTPFields()
    for value in forwarded { headers.append(HTTPField(name: .forwardedFor, value: value)) }
    var found = ""
    try await Loopback.with(host: host) { loopback in
      found = ClientAddress(trustedProxies: proxies).of(
        Request(.get, "/", headers), channel: loopback.channel)
    }
    return found
  }

  @Test func whatStrangersSayIsIgnored() async throws {
    #expect(try await address([], trusting: []) == "127.0.0.1")
    #expect(try await address(["192.0.2.1"], trusting: []) == "127.0.0.1")
    #expect(try await address(["192.0.2.1"], trusting: ["10.0.0.1"]) == "127.0.0.1")
  }

  @Test func whatAProxySaysIsBelieved() async throws {
    let proxies = ["127.0.0.1", "10.0.0.1"]
    #expect(try await address([], trusting: proxies) == "127.0.0.1")
    #expect(try await address(["192.0.2.1"], trusting: proxies) == "192.0.2.1")
    #expect(try await address(["evil, 192.0.2.1"], trusting: proxies) == "192.0.2.1")
    #expect(try await address(["192.0.2.1, 10.0.0.1"], trusting: proxies) == "192.0.2.1")
    #expect(try await address(["203.0.113.9", "192.0.2.1"], trusting: proxies) == "192.0.2.1")
    #expect(try await address(["10.0.0.1"], trusting: proxies) == "127.0.0.1")
    #expect(try await address(["[2001:DB8::1]"], trusting: proxies) == "2001:db8::1")
    #expect(try await address(["::ffff:192.0.2.1"], trusting: proxies) == "192.0.2.1")
  }

  @Test func aProxyWrittenAsIPv6() async throws {
    #expect(try await address(["192.0.2.1"], trusting: ["::ffff:127.0.0.1"]) == "192.0.2.1")
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("unknown", "unknown"), ("", ""), ("not:an:address", "not:an:address"),
  ])
  func networksOfOthers(address: String, network: String) {
    #expect(ClientAddress.network(of: address) == network)
  }

  @Test func aHouseholdIsASlash64() {
    let home = ClientAddress.network(of: "2001:db8:1:2::1")
    #expect(ClientAddress.network(of: "2001:db8:1:2:ffff:ffff:ffff:ffff") == home)
    #expect(ClientAddress.network(of: "2001:0DB8:0001:0002:0:0:0:9") == home)
    #expect(ClientAddress.network(of: "2001:db8:1:3::1") != home)
    #expect(ClientAddress.network(of: "2001:db8:12::1") != ClientAddress.network(of: "2001:db8:1:2::"))
  }
}
