import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOPosix

@testable import Web

/// A real connection of this machine to itself, for what asks where a request comes from.
struct Loopback {
  let channel: any Channel
  private let listener: any Channel

  static func with(host: String = "127.0.0.1", _ body: (Loopback) async throws -> Void) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let listener = try await ServerBootstrap(group: group).bind(host: host, port: 0).get()
    let port = listener.localAddress?.port ?? 0
    let channel = try await ClientBootstrap(group: group).connect(host: host, port: port).get()
    do {
      try await body(Loopback(channel: channel, listener: listener))
    } catch {
      try? await channel.close()
      try? await listener.close()
      throw error
    }
    try? await channel.close()
    try? await listener.close()
  }

  var context: BasicRequestContext {
    BasicRequestContext(
      source: ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test")))
  }
}

extension Request {
  /// One without a body.
  init(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:]) {
    self.init(
      head: HTTPRequest(
        method: method, scheme: "http", authority: "example.org", path: path, headerFields: headers),
      body: RequestBody(buffer: ByteBuffer()))
  }
}
