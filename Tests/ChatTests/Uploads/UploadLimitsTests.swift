import Foundation
import Testing

@testable import Chat

/// Uploads that are too much, or no forms, and that nothing is left of them.
@Suite struct UploadLimitsTests {
  private func with(
    quota: Int64 = 1 << 30, _ body: (TestServer, Person, Person) async throws -> Void
  ) async throws {
    try await TestServer.with(.init(uploadQuota: quota)) { server in
      let people = try await server.people("Ada", "Ben")
      try await body(server, people[0], people[1])
    }
  }

  @Test func oneTooLarge() async throws {
    try await with { server, ada, ben in
      let large = TinyImage.png(filling: Uploads.maximumFileBytes)
      let files = [("fine.png", TinyImage.png()), ("large.png", large)]
      let fragment = try await ada.send(files, text: "Kept", to: ben, isFragment: true)
      #expect(fragment.status == 413 && fragment.contains("large.png is larger than 10 MiB"))
      #expect(fragment.contains("data-refused=\"1\"") && fragment.contains("Kept"))
      #expect(server.uploadedFiles.isEmpty)
      let page = try await ada.send(files, text: "Kept", to: ben)
      #expect(page.status == 413 && page.contains("Kept") && page.contains("name=\"kept\""))
      #expect(server.uploadedFiles.count == 1)
      let most = TinyImage.png(filling: Uploads.maximumFileBytes - 1_000)
      #expect(most.count < Uploads.maximumFileBytes)
      #expect(try await ada.send([("most.png", most)], to: ben).status == 303)
    }
  }

  @Test func tooManyAndTooMuch() async throws {
    try await with { server, ada, ben in
      let eleven = (0..<11).map { ("\($0).png", TinyImage.png()) }
      let many = try await ada.send(eleven, text: "Kept", to: ben, isFragment: true)
      #expect(many.status == 413 && many.contains("up to 10 images") && many.contains("Kept"))
      #expect(try await ada.send(Array(eleven.prefix(10)), to: ben).status == 303)
      let five = (0..<5).map { ("\($0).png", TinyImage.png(filling: 9 << 20)) }
      let much = try await ada.send(five, text: "Kept", to: ben, isFragment: true)
      #expect(much.status == 413 && much.contains("40 MiB") && much.contains("Kept"))
      #expect(server.uploadedFiles.count == 10)
    }
  }

  /// Parts that say they hold nothing and do are files like others.
  @Test func filesWithoutAName() async throws {
    try await with { server, ada, ben in
      var body = MultipartBody(["fullName": "Ada", "text": "Kept"])
      for _ in 0..<30 { body.add("picture", file: "", TinyImage.png()) }
      let profile = try await ada.browser.post("/profile", body)
      #expect(profile.status == 422 && server.uploadedFiles.count <= 1)
      var message = MultipartBody(["text": "Kept"])
      for _ in 0..<30 { message.add("images", file: "", TinyImage.png()) }
      let answer = try await ada.browser.post("/people/\(ben.id)/messages", message, ["HX-Request": "true"])
      #expect(answer.status == 413 && answer.contains("up to 10 images"))
      #expect(server.uploadedFiles.count <= 1)
    }
  }

  @Test func aPictureMakesRoomForItsSuccessor() async throws {
    let size = Int64(TinyImage.png(filling: 10_000).count)
    try await with(quota: size + 100) { server, ada, _ in
      for filling in [10_000, 9_000, 10_000] {
        let form = MultipartBody(["fullName": "Ada"])
          .adding("picture", file: "p.png", TinyImage.png(filling: filling))
        let answer = try await ada.browser.post("/profile", form)
        #expect(answer.status == 303)
      }
      #expect(server.uploadedFiles.count == 1)
    }
  }

  @Test func quota() async throws {
    let size = Int64(TinyImage.png(filling: 10_000).count)
    try await with(quota: size * 2) { server, ada, ben in
      let file = [("a.png", TinyImage.png(filling: 10_000))]
      for _ in 0..<2 { #expect(try await ada.send(file, to: ben).status == 303) }
      for isFragment in [true, false] {
        let full = try await ada.send(file, text: "Kept", to: ben, isFragment: isFragment)
        #expect(full.status == 422 && full.contains("used up your space") && full.contains("Kept"))
      }
      #expect(server.uploadedFiles.count == 2)
      #expect(try await ada.write("Text still goes", to: ben).status == 303)
      #expect(try await ben.send(file, to: ada).status == 303)
    }
  }

  private static let broken: [(String, [UInt8])] = [
    (
      MultipartBody.type,
      MultipartBody(["text": "a"]).adding("images", file: "a.png", TinyImage.png()).unfinished
    ),
    (MultipartBody.type, Array("no form at all".utf8)),
    (MultipartBody.type, []),
    ("multipart/form-data", MultipartBody(["text": "a"]).bytes),
    ("multipart/form-data; boundary=\"\"", MultipartBody(["text": "a"]).bytes),
    (MultipartBody.type, (0..<2_101).reduce(into: MultipartBody()) { $0.add("a\($1)", "b") }.bytes),
    (
      MultipartBody.type,
      Array("--\(MultipartBody.boundary)\r\nX: \(String(repeating: "a", count: 12_000))".utf8)
    ),
  ]

  @Test(arguments: broken.indices) func malformed(index: Int) async throws {
    let (type, body) = Self.broken[index]
    try await with { server, ada, ben in
      for path in ["/people/\(ben.id)/messages", "/profile", "/login", "/signup"] {
        let answer = try await ada.browser.send(
          .POST, path, ["Content-Type": type] as KeyValuePairs, body)
        // So many fields are too large for a form before they are too many.
        #expect(answer.status == 400 || index == 5 && answer.status == 413, "\(path)")
      }
      #expect(server.uploadedFiles.isEmpty)
    }
  }

  @Test func tenGigabytesAnnounced() async throws {
    try await with { server, ada, ben in
      let connection = try await RawConnection(server)
      let cookie = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      try await connection.send(
        "POST /people/\(ben.id)/messages HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\nHX-Request: true\r\n"
          + "Content-Type: \(MultipartBody.type)\r\nContent-Length: 10000000000\r\n\r\n"
          + String(
            decoding: MultipartBody(["text": "Kept"]).adding("images", file: "a.png", [1, 2, 3]).unfinished,
            as: UTF8.self))
      try await eventually("an answer before the rest") { connection.status != nil }
      #expect(connection.status == 413 && connection.text.contains("Kept"))
      #expect(server.uploadedFiles.isEmpty)
      await connection.close()
    }
  }

  /// More than what is dropped of a body that was answered early, sent ahead behind another request.
  @Test func sentAhead() async throws {
    try await with { _, ada, ben in
      let connection = try await RawConnection(ada.server)
      let cookie = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      let large = [UInt8](repeating: UInt8(ascii: "a"), count: 9 << 20)
      let body = MultipartBody(["text": "Kept"]).adding("images", file: "a.png", large)
        .adding("images", file: "b.png", large)
      try await connection.send(
        "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"
          + "POST /people/\(ben.id)/messages HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\nHX-Request: true\r\n"
          + "Content-Type: \(MultipartBody.type)\r\nContent-Length: \(body.bytes.count)\r\n\r\n"
          + String(decoding: body.bytes, as: UTF8.self))
      try await eventually("the second answer") { connection.text.contains("a.png is not an image") }
      await connection.close()
    }
  }

  /// The beginning of a message with an image, whose rest does not come.
  private func halfAnUpload(to path: String, from person: Person) async throws -> RawConnection {
    let connection = try await RawConnection(person.server)
    let cookie = person.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    let half = MultipartBody(["text": "a"]).adding(
      "images", file: "a.png", Array(repeating: 65, count: 90_000))
    try await connection.send(
      "POST \(path) HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\n"
        + "Content-Type: \(MultipartBody.type)\r\nContent-Length: 500000\r\n\r\n"
        + String(decoding: half.unfinished.dropLast(2), as: UTF8.self))
    return connection
  }

  /// What is sent to a conversation of others is not waited for.
  @Test(arguments: [1, 99]) func toAConversationOfOthers(id: Int) async throws {
    try await with { server, ada, ben in
      try await ada.write("Between us", to: ben)
      let eve = try await server.person("Eve")
      let connection = try await halfAnUpload(to: "/conversations/\(id)/messages", from: eve)
      try await eventually("an answer before the rest") { connection.status != nil }
      #expect(connection.status == 404)
      #expect(server.uploadedFiles.isEmpty)
      await connection.close()
    }
  }

  /// A client that goes away in the middle leaves nothing behind.
  @Test func goneHalfWay() async throws {
    try await with { server, ada, ben in
      let connection = try await halfAnUpload(to: "/people/\(ben.id)/messages", from: ada)
      try await eventually("a half upload") { server.uploadedFiles.count == 1 }
      await connection.close()
      try await eventually("nothing left of it") { server.uploadedFiles.isEmpty }
    }
  }

  /// Every form takes the other type as well.
  @Test func multipartWithoutFiles() async throws {
    try await with { server, ada, ben in
      let body = MultipartBody(["email": ada.email, "password": Person.password])
        .adding("picture", file: "a.png", TinyImage.png())
      let loggedIn = try await Browser(server).post("/login", body)
      #expect(loggedIn.status == 303)
      #expect(server.uploadedFiles.isEmpty)
      let text = MultipartBody(["text": "By multipart\r\nof two lines", "clientId": ""])
      #expect(try await ada.browser.post("/people/\(ben.id)/messages", text).status == 303)
      #expect(try await ben.page(with: ada).contains("By multipart\nof two lines"))
      let much = MultipartBody(["text": String(repeating: "a", count: 200_000)])
      #expect(try await ada.browser.post("/people/\(ben.id)/messages", much).status == 413)
    }
  }
}
