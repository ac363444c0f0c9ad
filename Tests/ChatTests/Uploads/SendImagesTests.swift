import Foundation
import GRDB
import Testing

@testable import Chat

/// Messages with images.
@Suite struct SendImagesTests {
  private func with(_ body: (Person, Person) async throws -> Void) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      try await body(people[0], people[1])
    }
  }

  private let two = [("a.png", TinyImage.png()), ("b.gif", TinyImage.gif)]

  @Test func liveAndOnThePage() async throws {
    try await with { ada, ben in
      let stream = try await ben.events()
      #expect(try await ada.send(two, text: "Look", alts: ["A <cat>", ""], to: ben).status == 303)
      let pushed = try await stream.message("Look")
      let page = try await ben.page(with: ada)
      for html in [HTML(pushed.data), page.html] {
        #expect(html.contains("alt=\"A &lt;cat&gt;\"") && html.contains("alt=\"Image from Ada\""))
        #expect(html.contains("width=\"3\" height=\"2\"") && html.contains("loading=\"lazy\""))
      }
      #expect(page.uploads.count == 2)
      #expect(page.uploads[0].hasSuffix(".png") && page.uploads[1].hasSuffix(".gif"))
      stream.close()
    }
  }

  @Test func withoutText() async throws {
    try await with { ada, ben in
      for text in ["", " \r\n "] {
        #expect(try await ada.send([("a.png", TinyImage.png())], text: text, to: ben).status == 303)
        #expect(try await ben.browser.get("/").contains(">Photo<"))
        #expect(try await ada.browser.get("/").contains(">You: <bdi>Photo<"))
      }
      let three = [("a.png", TinyImage.png()), ("b.png", TinyImage.png()), ("c.gif", TinyImage.gif)]
      _ = try await ada.send(three, to: ben)
      #expect(try await ben.browser.get("/").contains(">3 photos<"))
      #expect(try await ada.send([], to: ben).status == 422)
      // A file field in which nothing was chosen.
      var body = MultipartBody(["text": "Only text"])
      body.add("images", file: "", [], type: "application/octet-stream")
      #expect(try await ada.browser.post("/people/\(ben.id)/messages", body).status == 303)
    }
  }

  /// The same bytes with and without something to leave out, and nothing stays where it was received.
  @Test(arguments: [nil, "Secret place"]) func whatIsStored(text: String?) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let clean = TinyImage.png(filling: 100_000)
      let sent = TinyImage.png(text: text, filling: 100_000)
      #expect(try await ada.send([("a.png", sent)], to: ben).status == 303)
      let page = try await ben.page(with: ada)
      let name = try #require(page.uploads.first)
      let image = try await ben.browser.get("/uploads/\(name)")
      #expect(image.bytes == clean)
      let uploads = server.folder.appending(path: "uploads")
      let left = try FileManager.default.contentsOfDirectory(atPath: uploads.appending(path: "incoming").path)
      #expect(left == [])
      let file = uploads.appending(path: "\(name.prefix(2))/\(name.dropFirst(2).prefix(2))/\(name)")
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
  }

  @Test func twiceTheSameIsOne() async throws {
    try await with { ada, ben in
      let id = UUID().uuidString
      let first = try await ada.send(two, text: "Once", clientID: id, to: ben, isFragment: true)
      let second = try await ada.send(two, text: "Once", clientID: id, to: ben, isFragment: true)
      #expect(first.status == 200 && first.uploads.count == 2 && second.uploads == first.uploads)
      async let third = ada.send(two, clientID: UUID().uuidString, to: ben)
      async let fourth = ada.send(two, clientID: id, to: ben)
      _ = try await (third, fourth)
      #expect(ada.server.uploadedFiles.count == 4)
    }
  }

  @Test func metadataIsNotStored() async throws {
    try await with { ada, ben in
      let zip = Array("PK\u{3}\u{4} a hidden archive".utf8)
      let files = [("a.png", TinyImage.png(text: "52.5200 N 13.4050 E")), ("b.gif", TinyImage.gif + zip)]
      #expect(try await ada.send(files, to: ben).status == 303)
      let names = try await ben.page(with: ada).uploads
      #expect(try await ben.browser.get("/uploads/\(names[0])").bytes == TinyImage.png())
      #expect(try await ben.browser.get("/uploads/\(names[1])").bytes == TinyImage.gif)
    }
  }

  private static let refused: [(String, [UInt8], String)] = [
    ("a.svg", TinyImage.svg, "is not an image"), ("a.png", TinyImage.html, "is not an image"),
    ("a.pdf", TinyImage.pdf, "is not an image"), ("a.png", [], "is not an image"),
    ("half.png", Array(TinyImage.png().dropLast(20)), "is damaged"),
    ("huge.png", TinyImage.png(width: 60_000, height: 1).replacingSize(60_000, 60_000), "50 million pixels"),
    ("a.heic", TinyImage.heic, "in HEIC"), ("a.avif", TinyImage.avif, "in AVIF"),
  ]

  @Test(arguments: refused.indices) func refusedByName(index: Int) async throws {
    let (name, bytes, words) = Self.refused[index]
    try await with { ada, ben in
      let files = [("good.png", TinyImage.png()), (name, bytes), ("fine.gif", TinyImage.gif)]
      let fragment = try await ada.send(files, text: "Keep <this>", to: ben, isFragment: true)
      #expect(fragment.status == 422 && fragment.contains(name) && fragment.contains(words))
      #expect(fragment.contains("data-refused=\"1\"") && fragment.contains("Keep &lt;this&gt;"))
      #expect(ada.server.uploadedFiles.isEmpty)

      let page = try await ada.send(files, text: "Keep <this>", alts: ["One", "", "Three"], to: ben)
      #expect(page.status == 422 && page.contains(name) && page.contains("Keep &lt;this&gt;"))
      // The others wait in the form, for nobody else to see, and go out with the next try.
      let kept = page.html.between("name=\"kept\" value=\"", "\"").map(\.description)
      try #require(kept.count == 2)
      #expect(page.contains("value=\"One\"") && page.contains("value=\"Three\""))
      #expect(try await ada.browser.get("/uploads/\(kept[0])").status == 200)
      #expect(try await ben.browser.get("/uploads/\(kept[0])").status == 404)
      let form = "text=Now&kept=\(kept[0])&alt-\(kept[0])=First&kept=\(kept[1])"
      let stolen = try await ben.browser.post("/people/\(ada.id)/messages", form: form)
      #expect(stolen.status == 422)
      #expect(try await ada.browser.post("/people/\(ben.id)/messages", form: form).status == 303)
      let again = try await ada.browser.post("/people/\(ben.id)/messages", form: form)
      #expect(again.status == 422 && !again.contains("name=\"kept\""))
      #expect(try await ben.page(with: ada).uploads == kept)
      #expect(try await ben.page(with: ada).contains("alt=\"First\""))
    }
  }

  @Test func draftsDoNotStay() async throws {
    try await with { ada, ben in
      _ = try await ada.send([("a.png", TinyImage.png()), ("a.svg", TinyImage.svg)], to: ben)
      #expect(ada.server.uploadedFiles.count == 1)
      let now = Date.now.milliseconds
      for (time, count) in [(now - 60_000, 0), (now + 60_000, 1)] {
        let names = try await ada.server.database.writer.write {
          try Attachment.deleteDrafts(before: time, in: $0)
        }
        #expect(names.count == count)
      }
    }
  }
}

extension [UInt8] {
  /// The same PNG with another size in its header, and the checksum that goes with it.
  fileprivate func replacingSize(_ width: Int, _ height: Int) -> [UInt8] {
    let header = TinyImage.header(width: width, height: height)
    return Array(self[..<8]) + header + Array(self[(8 + header.count)...])
  }
}
