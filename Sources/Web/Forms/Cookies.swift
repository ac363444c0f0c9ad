import HTTPTypes
import Hummingbird

/// How this site's cookies are named and marked: all HttpOnly and SameSite=Lax; under HTTPS also Secure
/// and with the `__Host-` prefix (RFC 6265bis, 4.1.3.2), so that no neighbour can set them.
public struct CookieJar: Sendable {
  public let isSecure: Bool

  public init(isSecure: Bool) { self.isSecure = isSecure }

  public func value(of name: String, in request: Request) -> String? { request.cookie(fullName(name)) }

  /// The value of a `Set-Cookie` header. A `value` of nil takes the cookie away; `seconds` is its age.
  public func header(_ name: String, _ value: String?, seconds: Int) -> String {
    "\(fullName(name))=\(value ?? ""); Path=/; Max-Age=\(value == nil ? 0 : seconds); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }

  /// Whether a `Set-Cookie` header sets, or takes away, the cookie of that name.
  public func sets(_ name: String, in header: String) -> Bool { header.hasPrefix(fullName(name) + "=") }

  private func fullName(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }
}

extension Request {
  /// The first cookie of exactly that name.
  public func cookie(_ name: String) -> String? {
    for field in headers[values: .cookie] {
      for pair in field.split(separator: ";") {
        let halves = pair.split(separator: "=", maxSplits: 1)
        guard halves.count == 2 else { continue }
        if halves[0].drop(while: { $0 == " " }) == name { return String(halves[1]) }
      }
    }
    return nil
  }
}
