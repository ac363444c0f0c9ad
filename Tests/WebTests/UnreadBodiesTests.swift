import NIOCore
import NIOEmbedded
import Testing

@testable import Web

/// What all slow readers together may hold.
@Suite struct UnreadBodiesTests {
  @Test func theOneThatBeganFirstIsCutOff() async throws {
    let unread = UnreadBodies(maximumBytes: 300 << 10)
    let channels = (0..<4).map { _ in NIOAsyncTestingChannel() }
    for channel in channels {
      try await channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1))
    }
    let first = unread.begin(60 << 10, on: channels[0])
    let second = unread.begin(60 << 10, on: channels[1])
    let third = unread.begin(60 << 10, on: channels[2])
    #expect(channels.allSatisfy { $0.isActive })
    second.end()
    let fourth = unread.begin(60 << 10, on: channels[3])
    #expect(channels.allSatisfy { $0.isActive }, "one that has been read counts no longer")
    let fifth = unread.begin(100 << 10, on: channels[3])
    try await channels[0].closeFuture.get()
    #expect(channels[1].isActive && channels[3].isActive)
    for body in [first, third, fourth, fifth] { body.end() }
  }
}
