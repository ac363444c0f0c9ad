import Testing
import Web

@testable import Chat

/// Hashing in the background, with an end to the queue.
@Suite struct PasswordHasherTests {
  @Test func oldParametersGiveANewHash() async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: .init(logN: 2, r: 8, p: 1))
    let old = try PasswordHash(hashing: "secret words", parameters: TestServer.cheap)
    let match = try await hasher.check("secret words", against: old)
    #expect(match.isRight)
    let rehash = try #require(match.rehash)
    #expect(rehash.parameters == .init(logN: 2, r: 8, p: 1))
    #expect(try rehash.matches("secret words"))
    #expect(try await hasher.check("secret words", against: rehash).rehash == nil)
  }

  @Test func aWrongPasswordChangesNothing() async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: .init(logN: 2, r: 8, p: 1))
    let old = try PasswordHash(hashing: "secret words", parameters: TestServer.cheap)
    let match = try await hasher.check("secret", against: old)
    #expect(!match.isRight)
    #expect(match.rehash == nil)
  }

  /// Not even with the password that the decoy was made of.
  @Test(arguments: ["", "secret words"]) func nobody(password: String) async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: TestServer.cheap)
    #expect(try await !hasher.check(password, against: nil).isRight)
  }

  /// A start must not wait for a hash.
  @Test func makingOneHashesNothing() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let hasher = PasswordHasher(BackgroundWork().queue())
    let made = clock.now
    _ = try await hasher.check("secret words", against: nil)
    #expect(made - start < (clock.now - made) / 4)
  }

  @Test func sixtyFourWaitAndTheNextIsRefused() async throws {
    let hasher = PasswordHasher(BackgroundWork().queue(), parameters: .init(logN: 12, r: 8, p: 1))
    let outcomes = try await withThrowingTaskGroup { group in
      for _ in 0..<200 {
        group.addTask {
          do {
            _ = try await hasher.hash("secret words")
            return true
          } catch is PasswordHasher.Busy { return false }
        }
      }
      return try await group.reduce(into: [Bool]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 }.count >= 64)
    #expect(outcomes.contains(false))
    #expect(try await hasher.hash("secret words").matches("secret words"))
  }
}
