import Foundation
import Testing

@testable import Chat

/// Pages and assets in gzip, for those who take it.
@Suite struct CompressionTests {
  @Test func pagesAndAssets() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      let home = try await ada.browser.get("/")
      let style = try #require(home.html.first("rel=\"stylesheet\" href=\"", "\"")?.description)
      for path in ["/", "/people/2", "/login", style] {
        let plain = try await ada.browser.get(path)
        guard plain.status == 200 else { continue }
        #expect(plain.header("Content-Encoding") == nil)
        #expect(plain.header("Vary")?.contains("Accept-Encoding") == true, "\(path)")
        for accepted in ["gzip", "br, gzip;q=0.5", "*", "GZIP , deflate"] {
          let packed = try await ada.browser.get(path, ["Accept-Encoding": accepted])
          #expect(packed.header("Content-Encoding") == "gzip", "\(path) \(accepted)")
          #expect(packed.bytes.count < plain.bytes.count / 2)
          #expect(packed.header("Content-Length") == String(packed.bytes.count))
          #expect(try unpacked(packed.bytes) == plain.bytes)
        }
        for refused in ["", "br", "gzip;q=0", "gzip; q=0.0, *;q=0", "identity"] {
          let whole = try await ada.browser.get(path, ["Accept-Encoding": refused])
          #expect(whole.header("Content-Encoding") == nil && whole.bytes == plain.bytes, "\(refused)")
        }
        let head = try await ada.browser.send(.HEAD, path, ["Accept-Encoding": "gzip"] as KeyValuePairs)
        #expect(head.status == 200 && head.bytes.isEmpty)
      }
    }
  }

  @Test func notWhereTheAnswerMayRepeatTheRequest() async throws {
    try await TestServer.with { server in
      let ada = try await server.people("Ada", "Ben")[0]
      let accepting: KeyValuePairs = ["Accept-Encoding": "gzip"]
      for path in ["/?find=zwieback", "/settings?saved=zwieback", "/people/2?before=9&x=zwieback"] {
        let answer = try await ada.browser.get(path, accepting)
        #expect(answer.status == 200 && answer.header("Content-Encoding") == nil, "\(path)")
      }
      for path in ["/", "/?find=", "/settings", "/people/2?before=9"] {
        let answer = try await ada.browser.get(path, accepting)
        #expect(answer.status == 200 && answer.header("Content-Encoding") == "gzip", "\(path)")
      }
      let nobody = Browser(server)
      let login = try await nobody.get("/login?next=/zwieback", accepting)
      #expect(login.contains("zwieback") && login.header("Content-Encoding") == nil)
      for headers in [accepting, ["Accept-Encoding": "gzip", "HX-Request": "true"]] as [KeyValuePairs] {
        let typed = try await nobody.post("/login", ["email": "zwieback@x", "password": "wrong"], headers)
        #expect(typed.status == 422 && typed.contains("zwieback") && typed.header("Content-Encoding") == nil)
      }
      let style = try #require(login.html.first("rel=\"stylesheet\" href=\"", "\"")?.description)
      let asset = try await nobody.get(style + "?zwieback=zwieback", accepting)
      #expect(asset.header("Content-Encoding") == "gzip")
    }
  }

  @Test func neitherStreamsNorImages() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      _ = try await ada.send([("a.png", TinyImage.png(filling: 5_000))], to: ben)
      let name = try #require(try await ben.page(with: ada).uploads.first)
      let image = try await ben.browser.get("/uploads/\(name)", ["Accept-Encoding": "gzip"])
      #expect(image.header("Content-Encoding") == nil && image.bytes == TinyImage.png(filling: 5_000))
      let connection = try await RawConnection(server)
      let cookie = ben.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
      try await connection.send(
        "GET /events HTTP/1.1\r\nHost: x\r\nCookie: \(cookie)\r\nAccept-Encoding: gzip\r\n\r\n")
      try await eventually("the stream's first words") { connection.text.contains("retry:") }
      #expect(!connection.text.lowercased().contains("content-encoding"))
      await connection.close()
    }
  }

  private func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).gz")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let gzip = Process()
    gzip.executableURL = URL(filePath: "/bin/gzip")
    gzip.arguments = ["-dc", file.path]
    let output = Pipe()
    gzip.standardOutput = output
    try gzip.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    gzip.waitUntilExit()
    #expect(gzip.terminationStatus == 0)
    return Array(data)
  }
}
