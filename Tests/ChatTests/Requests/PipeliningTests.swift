import Foundation
import Testing

@testable import Chat

/// Requests that are sent ahead on one connection.
@Suite struct PipeliningTests {
  /// We take no offer of another protocol, and read nothing after one; what came before it is answered.
  @Test func beforeAnUpgradeAllAreAnswered() async throws {
    try await TestServer.with { server in
      let connection = try await RawConnection(server)
      let request = "GET /health HTTP/1.1\r\nHost: localhost\r\n"
      try await connection.send(
        "\(request)\r\n\(request)\r\n\(request)Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
      try await eventually("the connection ends") { connection.hasEnded }
      #expect(connection.text.components(separatedBy: "HTTP/1.1 200").count == 4)
      #expect(connection.text.components(separatedBy: "connection: close").count <= 2)
    }
  }
}
