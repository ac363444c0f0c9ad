import Hummingbird
import NIOCore
import Web

/// Tells what a request comes from, as the list of sessions says it.
struct Devices: Sendable {
  let addresses: ClientAddress

  func device(of request: Request, channel: any Channel) -> Session.Device {
    Session.Device(
      browser: UserAgent(request.headers[.userAgent]).words, address: addresses.of(request, channel: channel))
  }
}
