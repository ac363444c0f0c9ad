import Foundation
import NIOHTTP1
import Testing

@testable import Chat
@testable import Web

/// Nobody reads a sentence that did not come through the catalogue. People write Greek here, so that every Latin letter
/// is the program's.
@Suite struct PseudoLanguageTests {
  private static func with(
    _ wishes: TestServer.Wishes = .init(), _ body: (TestServer) async throws -> Void
  ) async throws {
    var wishes = wishes
    let resources = try PseudoLanguage.resources()
    defer { try? FileManager.default.removeItem(at: resources) }
    wishes.resources = resources
    wishes.language = PseudoLanguage.tag
    try await TestServer.with(wishes, body)
  }

  @Test func everyRoute() async throws {
    try await Self.with { server in
      let tour = Tour()
      let stranger = Browser(server)
      for path in ["/login", "/signup", "/health", "/favicon.ico"] { try await tour.get(path, by: stranger) }
      try await tour.post("/login", ["email": "α@β.γ", "password": "λ"], by: stranger)
      try await tour.post("/signup", ["fullName": "", "email": "α", "password": "λ"], by: stranger)
      try await tour.post(
        "/signup", ["email": "", "password": String(repeating: "λ", count: 300)], by: stranger)
      try await tour.post(
        "/signup", ["fullName": "Άννα", "email": "α@β.γ", "password": "password"], by: stranger)
      let anna = try await server.person("Άννα Νίκου", email: "α@α.γ")
      try await tour.get("/", by: anna.browser)
      let others = try await server.people("Νίκος", "Ελένη", "Θάνος")
      let (nikos, eleni, thanos) = (others[0], others[1], others[2])
      tour.note("GET", "/events")
      try await talk(tour, anna, nikos)
      try await settings(tour, anna)
      try await leave(tour, anna, from: eleni)
      let group = try await TestGroup.make("Φίλοι", on: server)
      for person in [nikos, thanos] { try await group.join(person.id) }
      try await group.write("Γεια", by: thanos)
      try await tour.get("/", by: nikos.browser)
      try await tour.get("/conversations/\(group.id)", by: nikos.browser)
      try await tour.post("/conversations/\(group.id)/messages", ["text": ""], by: nikos.browser)
      try await tour.post("/conversations/\(group.id)/read", ["message": "1"], by: nikos.browser)
      let message = try #require(
        try await nikos.browser.get("/conversations/\(group.id)").html.articles.last?.messageID)
      for path in ["", "/details"] { try await tour.get("/messages/\(message)\(path)", by: nikos.browser) }
      try await tour.get("/messages/999", by: nikos.browser)
      try await tour.post("/messages/\(message)/unread", by: nikos.browser)
      try await acts(tour, on: message, by: nikos, thanos)
      try await tour.post("/conversations/\(group.id)/typing", by: nikos.browser)
      try await tour.post("/people/\(eleni.id)/typing", by: nikos.browser)
      try await groups(tour, nikos, thanos)
      try await administration(tour, eleni)
      try await tour.get("/assets/0/css/app.css", by: stranger)
      try await tour.post("/logout", by: nikos.browser)
      #expect(tour.unused.isEmpty)
    }
  }

  private func administration(_ tour: Tour, _ eleni: Person) async throws {
    let link = try await OwnerNaming(dataFolder: eleni.server.folder).name("ω@β.γ")
    guard case .link(let path) = link else { return }
    for path in [path, "/setup/nothing"] {
      try await tour.get(path, by: Browser(eleni.server))
      try await tour.post(path, ["email": "ω@β.γ"], by: Browser(eleni.server))
    }
    try await eleni.server.database.writer.write { try Ownership.give(to: eleni.id, in: $0) }
    for path in ["", "/settings", "/settings?first", "/settings?saved"] {
      try await tour.get("/administration" + path, by: eleni.browser)
    }
    try await tour.post(
      "/administration/settings", ["name": String(repeating: "λ", count: 81), "address": "λ"],
      by: eleni.browser)
    try await tour.post("/administration/settings", ["name": "", "admission": "open"], by: eleni.browser)
  }

  private func talk(_ tour: Tour, _ anna: Person, _ nikos: Person) async throws {
    let (one, other) = (anna.browser, nikos.browser)
    try await tour.get("/people/\(nikos.id)", by: one)
    try await tour.post("/people/\(nikos.id)/messages", ["text": ""], by: one)
    try await tour.post(
      "/people/\(nikos.id)/messages", ["text": String(repeating: "λ", count: 5_001)], by: one)
    for text in ["Γεια σου", "Τι κάνεις;"] { try await anna.write(text, to: nikos) }
    let files = [("α.png", TinyImage.png()), ("β.png", TinyImage.png(width: 5))]
    #expect(try await anna.send(files, to: nikos).status == 303)
    for bad in [
      TinyImage.pdf, TinyImage.heic, Array(TinyImage.png().prefix(40)),
      TinyImage.png(width: 9_000, height: 9_000),
    ] {
      for isFragment in [true, false] {
        let answer = try await anna.send(
          [("α.png", bad), ("δ.png", TinyImage.png())], to: nikos, isFragment: isFragment)
        #expect(tour.see("POST", "/people/1/messages", answer).status == 422)
      }
    }
    let many = (0..<11).map { ("α\($0).png", TinyImage.png()) }
    tour.see("POST", "/people/1/messages", try await anna.send(many, to: nikos))
    let page = try await nikos.page(with: anna)
    tour.see("GET", "/conversations/1", page)
    for name in page.uploads { try await tour.get("/uploads/\(name)", by: other) }
    try await tour.get("/conversations/1?renew", by: one)
    try await tour.get("/conversations/1?around=1", by: one, fragment: "older")
    try await tour.get("/?find=ω", by: one)
    try await tour.get("/?online=1", by: one, fragment: "rows")
    try await tour.get("/?start=0.", by: one, fragment: "more-rows")
    try await tour.post("/people/\(anna.id)/read", ["message": "1"], by: other)
    for path in ["/nothing", "/conversations/99", "/people/\(anna.id)"] {
      #expect(try await tour.get(path, by: one).status == 404)
      #expect(try await tour.get(path, by: one, fragment: "rows").status == 404)
    }
    #expect(try await tour.post("/settings/data/x", by: one).status == 404)
    #expect(tour.see("PUT", "/", try await one.send(.PUT, "/", HTTPHeaders())).status == 405)
    #expect(tour.see("POST", "/", try await one.post("/settings", form: "%zz")).status == 400)
    let other1 = try await one.post("/settings", ["theme": "dark"], ["Origin": "https://elsewhere.example"])
    #expect(tour.see("POST", "/settings", other1).status == 403)
    let large = String(repeating: "λ", count: 9_000)
    #expect(tour.see("POST", "/settings", try await one.post("/settings", form: large)).status == 413)
    let type = try await one.send(.POST, "/settings", HTTPHeaders([("Content-Type", "text/csv")]), [1])
    #expect(tour.see("POST", "/settings", type).status == 415)
  }

  private func acts(_ tour: Tour, on message: Message.ID, by other: Person, _ author: Person) async throws {
    let path = "/messages/\(message)"
    for act in ["edit", "delete"] { try await tour.get("\(path)/\(act)", by: other.browser) }
    for emoji in ["👍", ""] { try await tour.post("\(path)/reactions", ["emoji": emoji], by: other.browser) }
    for text in ["", "Ω"] {
      try await tour.post("\(path)/edit", ["text": text, "base": "1"], by: author.browser)
    }
    try await tour.post("\(path)/edit", ["text": "Ω", "base": "0"], by: author.browser)
    for person in [author, other] {
      for act in ["pin", "pin", "delete/undo"] { try await tour.post("\(path)/\(act)", by: person.browser) }
      try await tour.get("\(path)/details", by: person.browser)
    }
    try await tour.get("\(path)/delete", by: author.browser)
    try await tour.post("\(path)/delete", ["image": ""], by: author.browser)
    for act in ["/edit", "/delete", "/details"] { try await tour.get(path + act, by: author.browser) }
  }

  private func groups(_ tour: Tour, _ nikos: Person, _ thanos: Person) async throws {
    let (one, other) = (nikos.browser, thanos.browser)
    try await tour.get("/groups", by: one)
    try await tour.get("/groups/new", by: one)
    try await tour.get("/groups/new?find=ωωω", by: one, fragment: "candidates")
    for form in [
      "name=", "name=\(String(repeating: "x", count: 81))", "name=Ω&member=99", "name=Ω&findPeople=1",
    ] {
      tour.see("POST", "/groups/new", try await one.post("/groups/new", form: form))
    }
    let made = try await one.post("/groups/new", form: "name=Ω&access=open&history=all&member=\(thanos.id)")
    let path = try #require(tour.see("POST", "/groups/new", made).location)
    for show in ["unread", "groups"] { try await tour.get("/?show=\(show)", by: one) }
    try await tour.get("/?find=Ω", by: one)
    try await tour.get("/groups", by: one)
    for browser in [one, other] { try await tour.get(path + "/details", by: browser) }
    let large = String(repeating: "λ", count: 501)
    try await tour.post(path + "/details", ["name": "Ω", "description": large], by: one)
    try await tour.post(path + "/details", ["name": ""], by: one)
    try await tour.post(path + "/details", ["name": "Ψ", "writers": "administrators"], by: one)
    try await tour.post(path + "/details", ["name": "Ω"], by: other)
    try await tour.get(path + "/details?saved=details", by: one)
    try await tour.get(path + "/details?member=ωω", by: one, fragment: "members")
    try await tour.post(path + "/messages", ["text": "Γεια"], by: other)
    try await tour.post(path + "/members", ["action": "promote", "user": "99"], by: one)
    for action in ["promote", "demote", "remove", "add"] {
      try await tour.post(path + "/members", ["action": action, "user": "\(thanos.id)"], by: one)
    }
    for mute in ["8h", "forever", "off"] {
      try await tour.post(path + "/notifications", ["mute": mute], by: one)
      try await tour.get(path + "/details?saved=notifications", by: one)
    }
    try await tour.get(path, by: one)
    try await tour.post(path + "/leave", by: other)
    try await tour.post(path + "/messages", ["text": "Γεια"], by: other)
    try await tour.get(path, by: other)
    try await tour.get("/groups", by: other)
    try await tour.post(path + "/join", by: other)
    try await tour.get("/conversations/1/details", by: one)
    try await tour.get("/people/\(thanos.id)/details", by: one)
  }

  private func settings(_ tour: Tour, _ anna: Person) async throws {
    let browser = anna.browser
    for path in [
      "/profile", "/profile?saved", "/settings", "/settings/theme", "/shortcuts", "/settings/data",
      "/settings/deletion",
    ] {
      try await tour.get(path, by: browser)
    }
    for part in Features.settings { try await tour.get("/settings?saved=\(part.part.name)", by: browser) }
    try await tour.post("/profile", ["fullName": ""], by: browser)
    try await tour.post("/profile", ["fullName": String(repeating: "λ", count: 90)], by: browser)
    let body = MultipartBody(["fullName": "Άννα"]).adding("picture", file: "α.pdf", TinyImage.pdf)
    tour.see("POST", "/profile", try await browser.post("/profile", body))
    try await tour.post("/settings", ["theme": "x"], by: browser)
    try await tour.post("/settings", ["theme": "dark"], by: browser)
    try await tour.post("/settings/clock", ["timeZone": "ω"], by: browser)
    try await tour.post("/settings/clock", ["timeZone": "", "hours": "12"], by: browser)
    try await tour.post("/settings/privacy", ["presence": "2"], by: browser)
    try await tour.post("/settings/privacy", ["presence": "1"], by: browser)
    try await tour.post("/settings/email", ["email": "α"], by: browser)
    try await tour.post("/settings/email", ["email": "α@ω.γ", "password": "λ"], by: browser)
    try await tour.post("/settings/password", ["newPassword": "λ"], by: browser)
    try await tour.post("/settings/sessions", by: browser)
    try await tour.post("/settings/sessions", ["session": "99", "password": "λ"], by: browser)
    try await tour.post("/settings/deletion", ["password": "λ"], by: browser)
    try await tour.get("/settings/data", by: browser, fragment: "export-progress")
  }

  private func leave(_ tour: Tour, _ anna: Person, from eleni: Person) async throws {
    try await eleni.write("Γεια", to: anna)
    try await eleni.delete()
    try await tour.get("/settings/deletion", by: eleni.browser)
    try await tour.post("/settings/deletion/undo", by: eleni.browser)
    try await eleni.delete()
    try await anna.server.database.writer.write { try $0.execute(sql: "UPDATE deletion SET due_at = 0") }
    try await anna.server.deletionsDone()
    try await tour.get("/signup", by: eleni.browser)
    try await tour.get("/", by: anna.browser)
    tour.see("GET", "/conversations/2", try await anna.page(with: eleni))
    try await tour.post("/people/\(eleni.id)/messages", ["text": "Γεια"], by: anna.browser)
    tour.note("POST", "/settings/data")
    let archive = try await anna.download()
    for name in archive.names where name.hasSuffix(".html") {
      let page = try archive.html(name).description
      #expect(VisibleText(page).strays == [], "\(name)")
    }
    let conversations = try archive.json("conversations.json", as: [JSONConversation].self)
    #expect(conversations.contains { $0.name.first == PseudoLanguage.opening })
  }

  private struct JSONConversation: Decodable {
    let name: String
  }

  @Test func everyPush() async throws {
    try await Self.with { server in
      let anna = try await server.person("Άννα", email: "α@α.γ")
      let nikos = try await server.person("Νίκος", email: "ν@ν.γ")
      let stream = try await anna.events()
      try await nikos.write("Γεια", to: anna)
      #expect(try await nikos.send([("α.png", TinyImage.png())], to: anna).status == 303)
      let group = try await TestGroup.make("Φίλοι", on: server)
      for person in [anna, nikos] { try await group.join(person.id) }
      try await group.write("Γεια", by: nikos)
      _ = try await anna.page(with: nikos)
      try await group.leave(anna.id)
      let eleni = try await server.person("Ελένη")
      #expect(try await eleni.browser.post("/profile", ["fullName": "Έλλη"]).status == 303)
      try await eleni.delete()
      try await server.database.writer.write { try $0.execute(sql: "UPDATE deletion SET due_at = 0") }
      _ = try await stream.first("who is gone") {
        $0.data.contains("data-preview-of=") && $0.data.contains("gone")
      }
      for event in stream.events { #expect(VisibleText(event.data).strays == [], "\(event)") }
      let replay = try await anna.browser.events(after: 1)
      _ = try await replay.first("who is gone") {
        $0.data.contains("data-preview-of=") && $0.data.contains("gone")
      }
      for event in replay.events { #expect(VisibleText(event.data).strays == [], "\(event)") }
    }
  }

  /// Each gets what is pushed in the language of their page, and each language is rendered once.
  @Test func everyoneInTheirOwn() async throws {
    try await Self.with { server in
      let anna = try await server.person("Άννα", email: "α@α.γ")
      let english = try await server.person("Νίκος")
      english.browser.language = "en-GB, \(PseudoLanguage.tag);q=0.5"
      let group = try await TestGroup.make("Φίλοι", on: server)
      for person in [anna, english] { try await group.join(person.id) }
      let (one, other) = (try await anna.events(), try await english.events())
      #expect(try await english.send([("α.png", TinyImage.png())], to: anna).status == 303)
      let marked = try await one.first("the image") { $0.data.contains("<article") }
      let plain = try await other.first("the image") { $0.data.contains("<article") }
      #expect(VisibleText(marked.data).strays == [])
      #expect(plain.data.contains("alt=\"Image from Νίκος\"") && !plain.data.contains("⟦"))
      let (theirs, page) = (try await anna.browser.get("/"), try await english.browser.get("/"))
      #expect(theirs.contains("dir=\"rtl\"") && page.contains("<html lang=\"en\" dir=\"ltr\""))
      #expect(theirs.header("ETag") != page.header("ETag"))
    }
  }

  @Test func limitsAndFailures() async throws {
    var wishes = TestServer.Wishes()
    wishes.hasRateLimits = true
    wishes.signup = .closed
    try await Self.with(wishes) { server in
      let tour = Tour()
      let browser = Browser(server)
      try await tour.get("/signup", by: browser)
      try await tour.post("/signup", by: browser)
      let anna = try await server.person("Άννα", email: "α@α.γ")
      let nikos = try await server.person("Νίκος", email: "ν@ν.γ")
      for _ in 0..<12 {
        try await tour.post("/login", ["email": "α@β.γ", "password": "λ"], by: browser)
        try await tour.post("/settings", ["theme": "dark"], by: anna.browser)
        try await tour.post("/profile", ["fullName": "Άννα"], by: anna.browser)
        try await tour.post("/settings/email", ["email": "α@ω.γ", "password": "λ"], by: anna.browser)
      }
      for _ in 0..<35 {
        try await tour.post("/people/\(nikos.id)/messages", ["text": "Γεια"], by: anna.browser)
      }
      #expect(tour.see("GET", "/events", try await browser.get("/events")).status == 401)
    }
  }
}
