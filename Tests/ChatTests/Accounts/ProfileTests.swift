import Foundation
import Testing

@testable import Chat

/// One's own name and picture, and how others come to see them.
@Suite struct ProfileTests {
  @Test func everyoneSeesTheChangeAtOnce() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Eve")
      let (ada, ben, eve) = (people[0], people[1], people[2])
      try await ada.write("Hello", to: ben)
      let streams = [try await ben.events(), try await eve.events(), try await ada.events()]
      let form = MultipartBody(["fullName": "Ada \"King\""]).adding(
        "picture", file: "me.png", TinyImage.png())
      let saved = try await ada.browser.post("/profile", form)
      #expect(saved.status == 303 && saved.location == "/profile?saved")
      #expect(try await ada.browser.get("/profile?saved").contains("Your profile is saved."))
      let picture = try #require(try await ada.browser.get("/profile").uploads.first)
      for stream in streams {
        let event = try await stream.first("the change") { $0.data.contains(picture) }
        #expect(event.id != nil && event.data.contains("[data-avatar='\(ada.id)']"))
        #expect(event.data.contains("Ada &quot;King&quot;"))
        stream.close()
      }
      let page = try await ben.page(with: ada)
      #expect(page.uploads == [picture] && page.contains("Ada &quot;King&quot;"))
      #expect(try await eve.browser.get("/?find=king").contains("/people/\(ada.id)\""))
      #expect(try await eve.browser.get("/uploads/\(picture)").status == 200)
      #expect(try await Browser(server).get("/uploads/\(picture)").status == 401)
    }
  }

  @Test func replacedAndRemoved() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      func save(_ body: MultipartBody) async throws -> String? {
        #expect(try await ada.browser.post("/profile", body).status == 303)
        return try await ada.browser.get("/profile").uploads.first
      }
      let form = MultipartBody(["fullName": "Ada"])
      let first = try #require(try await save(form.adding("picture", file: "a.png", TinyImage.png())))
      let second = try #require(try await save(form.adding("picture", file: "a.gif", TinyImage.gif)))
      #expect(server.uploadedFiles == [second])
      #expect(try await ben.browser.get("/uploads/\(first)").status == 404)
      #expect(try await save(form) == second)
      var removal = form
      removal.add("removePicture", "1")
      #expect(try await save(removal) == nil)
      #expect(try await ben.browser.get("/uploads/\(second)").status == 404)
      #expect(server.uploadedFiles.isEmpty)
    }
  }

  @Test func refusals() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      for (name, file, words) in [
        ("", [], "enter your name"), ("  ", [], "enter your name"),
        (String(repeating: "a", count: 81), [], "too long"), ("Ada", TinyImage.svg, "is not an image"),
        ("Ada", TinyImage.png(filling: 11 << 20), "larger than 10 MiB"),
      ] {
        let form = MultipartBody(["fullName": name]).adding("picture", file: "p.png", file)
        for isFragment in [true, false] {
          let answer =
            try await isFragment
            ? ada.browser.post("/profile", form, ["HX-Request": "true"]) : ada.browser.post("/profile", form)
          #expect(answer.status == 422 && answer.contains(words), "\(name)")
          #expect(answer.contains("<form") && answer.contains("<html") != isFragment)
        }
      }
      #expect(server.uploadedFiles.isEmpty)
      // A good picture is not lost over a bad name.
      let form = MultipartBody(["fullName": ""]).adding("picture", file: "p.png", TinyImage.png())
      #expect(try await ada.browser.post("/profile", form).uploads.count == 1)
      #expect(try await Browser(server).get("/profile").location == "/login?next=/profile")
      let plain = try await ada.browser.post("/profile", ["fullName": "Ada Byron"])
      #expect(plain.status == 303)
      #expect(try await ada.browser.get("/profile").contains("value=\"Ada Byron\""))
    }
  }

  @Test func whatIsShown() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada", email: "ada@example.org")
      let page = try await ada.browser.get("/profile")
      #expect(page.status == 200 && page.contains("ada@example.org") && page.contains("Member since"))
      #expect(page.contains(Timestamp.now.dayInWords.english))
    }
  }
}
