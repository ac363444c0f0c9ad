import Foundation
import NIOCore
import NIOHTTP2
import NIOSSL

extension Error {
  /// Whether a request ended with it only because its client went away, gave the request up or broke the
  /// protocol: everyone can do that at any time, and it is no error of the server.
  public var meansClientGone: Bool {
    switch self {
    case is ChannelError, is any NIOHTTP2Error, is NIOSSLError, is BoringSSLError: true
    case let error as IOError:
      [ECONNRESET, ECONNABORTED, EPIPE, ENOTCONN, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH]
        .contains(error.errnoCode)
    default: false
    }
  }
}
