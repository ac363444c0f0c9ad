import Foundation
import Testing

@testable import Chat

/// `set-password` beside a running server.
@Suite struct PasswordResetTests {
  @Test func newPasswordAndNoSessionsLeft() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      let ben = try await server.person("Ben")
      let stream = try await ada.events()
      let other = try await ben.events()
      try await PasswordReset(dataFolder: server.folder).set("a new password", email: "ADA@example.org")
      _ = try await stream.first("word of the end") { $0.name == "signed-out" }
      try await stream.ended()
      #expect(try await ada.browser.get("/").location == "/login")
      #expect(try await ada.browser.get("/events").status == 401)
      #expect(!other.hasEnded)
      #expect(try await ben.browser.get("/").status == 200)
      let old = try await Browser(server).post(
        "/login", ["email": ada.email, "password": Person.password])
      #expect(old.status == 422)
      let new = try await Browser(server).post(
        "/login", ["email": ada.email, "password": "a new password"])
      #expect(new.status == 303)
    }
  }

  @Test func sentencesForTheOwner() async throws {
    try await TestServer.with { server in
      _ = try await server.person("Ada", email: "ada@example.org")
      let reset = PasswordReset(dataFolder: server.folder)
      for (password, email, words) in [
        ("short", "ada@example.org", "at least 8"), ("long enough", "nobody@example.org", "Nobody has"),
        ("long enough", "nobody", "email"),
      ] {
        let error = await #expect(throws: CommandFailure.self) {
          try await reset.set(password, email: email)
        }
        #expect(error?.description.contains(words) == true)
      }
      let nowhere = PasswordReset(dataFolder: server.folder.appending(path: "nowhere"))
      await #expect(throws: CommandFailure.self) {
        try await nowhere.set("long enough", email: "ada@example.org")
      }
      #expect(!FileManager.default.fileExists(atPath: server.folder.appending(path: "nowhere").path))
    }
  }
}
