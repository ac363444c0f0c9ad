import Foundation
import NIOCore
import NIOHTTP2
import Testing

@testable import Web

/// Which errors anyone can cause by hanging up.
@Suite struct ClientGoneTests {
  @Test func theClientsDoing() {
    let errors: [any Error] = [
      ChannelError.ioOnClosedChannel, ChannelError.inputClosed, ChannelError.alreadyClosed, ChannelError.eof,
      NIOHTTP2Errors.streamClosed(streamID: 1, errorCode: .cancel), NIOHTTP2Errors.unableToParseFrame(),
      IOError(errnoCode: ECONNRESET, reason: "read"), IOError(errnoCode: EPIPE, reason: "write"),
      IOError(errnoCode: ETIMEDOUT, reason: "read"),
    ]
    for error in errors { #expect(error.meansClientGone, "\(error)") }
  }

  @Test func ours() {
    let errors: [any Error] = [
      IOError(errnoCode: ENOSPC, reason: "write"), IOError(errnoCode: EMFILE, reason: "open"),
      StorageFailure(code: EIO), FormError.malformed, CancellationError(),
    ]
    for error in errors { #expect(!error.meansClientGone, "\(error)") }
  }
}
