import Testing
import Web

@testable import Chat

/// The one switch of all limits, and the routes that they are of.
@Suite struct RateLimitsTests {
  @Test func offMeansNone() {
    let limits = RateLimits(areOn: false)
    for name in RateLimits.Name.allCases { #expect(limits[name] == nil, "\(name)") }
    let caps = limits.caps
    #expect(caps.unreadBytes == nil && caps.requestsOfSession == nil && caps.requestsOfPerson == nil)
    #expect(caps.requestsOfAddress == nil && caps.streamsOfAddress == nil && caps.replaysOfSession == nil)
    let listener = Listener(host: "127.0.0.1", port: 0, tls: nil, maximumConnections: 100)
    #expect(caps.connections(to: listener) == nil && caps.passwords.all > PasswordHasher.Limits().all)
    #expect(RateLimits(areOn: true).caps.connections(to: listener) == 50)
  }

  @Test func onMeansEach() throws {
    let limits = RateLimits(areOn: true)
    for name in RateLimits.Name.allCases {
      let limit = try #require(limits[name], "\(name)")
      let now = ContinuousClock.now
      for _ in 0..<name.rate.burst { #expect(limit.take("someone", at: now) == nil, "\(name)") }
      #expect(limit.take("someone", at: now) != nil && limit.take("another", at: now) == nil, "\(name)")
      #expect(limit.take("someone", at: now + name.rate.refill) == nil, "\(name)")
    }
  }

  /// All but those of connections: a limit that no route names limits nothing.
  @Test func eachIsOfSomeRoute() {
    let named = Set(Features.lines.flatMap(\.limits))
    #expect(named.union([.connectionCosts]) == Set(RateLimits.Name.allCases))
  }

  @Test func inWords() {
    #expect(Rate(60, refill: .seconds(1), per: .person).words.english == "60 a person, one more in a second")
    let costs = Rate(4_000, refill: .milliseconds(5), per: .address)
    #expect(costs.words.english == "4,000 an address, one more in 5 milliseconds")
  }
}
