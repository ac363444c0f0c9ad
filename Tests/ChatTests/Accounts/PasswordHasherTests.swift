import Foundation
import Testing
import Web

@testable import Chat

/// Hashing in the background, with an end to the queue.
@Suite struct PasswordHasherTests {
  @Test func oldParametersGiveANewHash() async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: .init(logN: 2, r: 8, p: 1))
    let old = try PasswordHash(hashing: "secret words", parameters: TestServer.cheap)
    let match = try await hasher.check("secret words", against: old, for: .owner)
    #expect(match.isRight)
    let rehash = try #require(match.rehash)
    #expect(rehash.parameters == .init(logN: 2, r: 8, p: 1))
    #expect(try rehash.matches("secret words"))
    #expect(try await hasher.check("secret words", against: rehash, for: .owner).rehash == nil)
  }

  @Test func aWrongPasswordChangesNothing() async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: .init(logN: 2, r: 8, p: 1))
    let old = try PasswordHash(hashing: "secret words", parameters: TestServer.cheap)
    let match = try await hasher.check("secret", against: old, for: .owner)
    #expect(!match.isRight)
    #expect(match.rehash == nil)
  }

  /// Not even with the password that the decoy was made of.
  @Test(arguments: ["", "secret words"]) func nobody(password: String) async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: TestServer.cheap)
    #expect(try await !hasher.check(password, against: nil, for: .owner).isRight)
  }

  /// A start must not wait for a hash.
  @Test func makingOneHashesNothing() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let hasher = PasswordHasher(BackgroundWork().queue())
    let made = clock.now
    _ = try await hasher.check("secret words", against: nil, for: .owner)
    #expect(made - start < (clock.now - made) / 4)
  }

  /// Whoever asks for too many at once is refused, and takes nobody else's turn.
  @Test func oneNetworkHoldsUpNoOther() async throws {
    let hasher = PasswordHasher(
      BackgroundWork(threads: 1).queue(), parameters: .init(logN: 12, r: 8, p: 1),
      limits: .init(all: 24, perRequester: 16, perAccount: 1_000))
    try await withThrowingTaskGroup { group in
      for number in 0..<400 {
        group.addTask {
          await Self.isHashed(hasher, .stranger(network: "203.0.113.\(number % 2)", account: "\(number)"))
        }
      }
      let another = try await hasher.hash(
        "secret words", for: .stranger(network: "198.51.100.7", account: "ada"))
      #expect(try another.matches("secret words"))
      let outcomes = try await group.reduce(into: [Bool]()) { $0.append($1) }
      #expect(outcomes.contains(true) && outcomes.contains(false))
    }
    #expect(await Self.isHashed(hasher, .owner))
  }

  @Test func oneAccountIsTriedByFewAtATime() async throws {
    let hasher = PasswordHasher(
      BackgroundWork(threads: 1).queue(), parameters: .init(logN: 14, r: 8, p: 1))
    try await withThrowingTaskGroup { group in
      for number in 0..<50 {
        group.addTask {
          await Self.isHashed(hasher, .stranger(network: "203.0.113.\(number)", account: "ada"))
        }
      }
      let outcomes = try await group.reduce(into: [Bool]()) { $0.append($1) }
      #expect(outcomes.contains(false))
      // A browser of hers is not among those.
      #expect(await Self.isHashed(hasher, .browser(Data([1]))))
    }
  }

  /// However many networks there are of them.
  @Test func strangersTakeNoPlaceOfThoseWhoAreKnown() async throws {
    let hasher = PasswordHasher(
      BackgroundWork(threads: 1).queue(), parameters: .init(logN: 14, r: 8, p: 1),
      limits: .init(all: 8, perRequester: 4, perAccount: 4))
    try await withThrowingTaskGroup { group in
      for number in 0..<100 {
        group.addTask { await Self.isHashed(hasher, .stranger(network: "203.0.113.\(number)")) }
      }
      var refused = 0
      while refused < 50, let outcome = try await group.next() { refused += outcome ? 0 : 1 }
      for requester in [PasswordHasher.Requester.session(1), .browser(Data([1])), .session(2)] {
        #expect(await Self.isHashed(hasher, requester))
      }
      try await group.waitForAll()
    }
  }

  private static func isHashed(_ hasher: PasswordHasher, _ requester: PasswordHasher.Requester) async -> Bool
  {
    (try? await hasher.hash("secret words", for: requester)) != nil
  }
}
