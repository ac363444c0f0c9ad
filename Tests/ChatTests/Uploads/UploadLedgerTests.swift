import Foundation
import Testing
import Web

@testable import Chat

/// What counts against a person's room, and that it does as it arrives.
@Suite struct UploadLedgerTests {
  @Test func whatIsUnderWayCounts() {
    let ledger = UploadLedger(quota: 100)
    let (first, second) = (ledger.begin(1, used: 40), ledger.begin(1, used: 40))
    #expect(first.stop(30) == nil && second.stop(30) == nil)
    #expect(first.stop(1) == .quotaReached)
    #expect(ledger.begin(2, used: 0).stop(100) == nil, "another person has room")
    second.end()
    #expect(first.stop(0) == .quotaReached, "what came by the other may have stayed")
    first.end()
    #expect(ledger.begin(1, used: 40).stop(60) == nil, "what is used is asked anew")
  }

  @Test func eightAtOnce() {
    let ledger = UploadLedger(quota: 100)
    let uploads = (0..<UploadLedger.maximumUploads).map { _ in ledger.begin(1, used: 0) }
    #expect(uploads.allSatisfy { $0.stop(1) == nil })
    let ninth = ledger.begin(1, used: 0)
    #expect(ninth.stop(1) == .tooManyUploads)
    #expect(ledger.begin(2, used: 0).stop(1) == nil)
    ninth.end()
    uploads.first?.end()
    #expect(ledger.begin(1, used: 0).stop(1) == nil)
  }

  private func half(of image: [UInt8], from ada: Person, to ben: Person) async throws -> RawConnection {
    let body = MultipartBody(["text": "Kept"]).adding("images", file: "a.png", image).bytes
    let connection = try await RawConnection(ada.server)
    let cookies = ada.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    try await connection.send(
      """
      POST /people/\(ben.id)/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: \(cookies)\r\n\
      HX-Request: true\r\nContent-Type: \(MultipartBody.type)\r\nContent-Length: \(body.count)\r\n\r\n
      """)
    try await connection.send(Array(body[..<(body.count - 1_000)]))
    return connection
  }

  private func incoming(_ server: TestServer) -> Int {
    let folder = server.folder.appending(path: "uploads/incoming").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.reduce(0) { sum, name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
      return sum + (attributes?[.size] as? Int ?? 0)
    }
  }

  /// However many are begun at once and never ended.
  @Test func unfinishedOnesFillNoDisk() async throws {
    try await TestServer.with(.init(uploadQuota: 1 << 20)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let image = TinyImage.png(filling: 400_000)
      var connections: [RawConnection] = []
      for _ in 0..<6 { connections.append(try await half(of: image, from: ada, to: ben)) }
      try await eventually("those that are too much are answered") {
        connections.count { $0.status == 422 } >= 4
      }
      #expect(connections.allSatisfy { $0.status == nil || $0.text.contains("used up your space") })
      #expect(incoming(server) <= 1 << 20)
      #expect(try await ada.write("Text still goes", to: ben).status == 303)
      for connection in connections { await connection.close() }
      try await eventually("nothing is left of them") { incoming(server) == 0 }
      try await eventually("there is room again") {
        try await ada.send([("a.png", image)], to: ben).status == 303
      }
    }
  }

  @Test func theNinthAtOnceIsRefusedAndItsTextKept() async throws {
    try await TestServer.with(.init(hasRateLimits: true)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let image = TinyImage.png(filling: 50_000)
      var connections: [RawConnection] = []
      for _ in 0..<UploadLedger.maximumUploads {
        connections.append(try await half(of: image, from: ada, to: ben))
      }
      try await eventually("all are under way") {
        incoming(server) >= UploadLedger.maximumUploads * 40_000
      }
      let ninth = try await ada.send([("a.png", image)], text: "Kept", to: ben, isFragment: true)
      #expect(ninth.status == 429 && ninth.header("Retry-After") != nil)
      #expect(ninth.contains("still uploading") && ninth.contains("Kept"))
      #expect(try await ben.send([("a.png", image)], to: ada).status == 303)
      for connection in connections { await connection.close() }
    }
  }

  /// Small files count as what a disk gives them, and text counts too, but is never refused.
  @Test func whatCounts() async throws {
    try await TestServer.with(.init(uploadQuota: 20_000)) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let tiny = [("a.png", TinyImage.png())]
      for _ in 0..<4 { #expect(try await ada.send(tiny, to: ben).status == 303) }
      #expect(try await ada.send(tiny, to: ben).status == 422)
      for _ in 0..<3 { try await ben.write(String(repeating: "é", count: 4_000), to: ada) }
      #expect(try await ben.send(tiny, to: ada).status == 422)
      let used = try await server.database.read { db in
        (try Attachment.usedBytes(of: ada.id, in: db), try Attachment.usedBytes(of: ben.id, in: db))
      }
      #expect(used.0 == 4 * 4_096 && used.1 == 24_000)
      #expect(try await ben.write("Text still goes", to: ada).status == 303)
    }
  }

  /// The disk is for the database first.
  @Test func theReserveOfTheDisk() async throws {
    try await TestServer.with(.init(diskReserve: .bytes(.max))) { server in
      let (ada, ben) = (try await server.person("Ada"), try await server.person("Ben"))
      let image = [("a.png", TinyImage.png())]
      for isFragment in [true, false] {
        let answer = try await ada.send(image, text: "Kept", to: ben, isFragment: isFragment)
        #expect(answer.status == 503 && answer.contains("cannot store images") && answer.contains("Kept"))
        #expect(answer.header("Retry-After") != nil)
      }
      let picture = try await ada.browser.post(
        "/profile",
        MultipartBody(["fullName": "Ada"]).adding("picture", file: "a.png", TinyImage.png()))
      #expect(picture.status == 422 && picture.contains("cannot store"))
      #expect(server.uploadedFiles.isEmpty)
      #expect(try await ada.write("Messages go on", to: ben).status == 303)
    }
  }

  @Test func aProfilePictureOfFourMegapixelsAtMost() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      func post(_ height: Int) async throws -> Answer {
        try await ada.browser.post(
          "/profile",
          MultipartBody(["fullName": "Ada"])
            .adding("picture", file: "a.png", TinyImage.png(width: 2_000, height: height)))
      }
      let large = try await post(2_001)
      #expect(large.status == 422 && large.contains("4 million pixels"))
      #expect(try await post(2_000).status == 303)
    }
  }
}
