import HTTPTypes
import Hummingbird

extension Response {
  /// A page or a fragment that only its viewer's browser may keep, and only to ask again whether it holds.
  public static func html(
    _ html: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    var headers = headers
    headers[.contentType] = htmlType
    if headers[.cacheControl] == nil { headers[.cacheControl] = ownPage }
    headers[.vary] = pageVary
    return Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(string: html)))
  }

  static let htmlType = "text/html; charset=utf-8"
  static let ownPage = "private, no-cache"
  static let pageVary = "Cookie, HX-Request, HX-Target"

  /// 303: the browser goes on with a GET of `address` (RFC 9110, 15.4.4).
  public static func seeOther(_ address: String, headers: HTTPFields = [:]) -> Response {
    var headers = headers
    headers[.location] = address
    headers[.cacheControl] = "no-store"
    return Response(status: .seeOther, headers: headers)
  }
}

extension Response {
  /// The same for our modules, which load the page at `address` (htmx's `HX-Redirect`).
  public static func moduleRedirect(to address: String, headers: HTTPFields = [:]) -> Response {
    var headers = headers
    headers[.hxRedirect] = address
    headers[.cacheControl] = "no-store"
    return Response(status: .ok, headers: headers)
  }
}

extension Request {
  /// Whether one of our modules asks, which puts fragments in place of pages.
  public var wantsFragment: Bool { headers[.hxRequest] == "true" }

  /// The answer to a form that leads to another page.
  public func redirect(to address: String) -> Response {
    wantsFragment ? .moduleRedirect(to: address) : .seeOther(address)
  }
}

extension HTTPField.Name {
  public static let hxRequest = Self("HX-Request") ?? .accept
  public static let hxTarget = Self("HX-Target") ?? .accept
  public static let hxRedirect = Self("HX-Redirect") ?? .accept
  public static let secFetchSite = Self("Sec-Fetch-Site") ?? .accept
  public static let clearSiteData = Self("Clear-Site-Data") ?? .accept
  public static let crossOriginOpenerPolicy = Self("Cross-Origin-Opener-Policy") ?? .accept
  public static let referrerPolicy = Self("Referrer-Policy") ?? .accept
  public static let lastEventID = Self("Last-Event-ID") ?? .accept
  public static let forwardedFor = Self("X-Forwarded-For") ?? .accept
  /// Of the pages that the server makes now.
  public static let version = Self("Nextalk-Version") ?? .accept
  public static let accelBuffering = Self("X-Accel-Buffering") ?? .accept
}
