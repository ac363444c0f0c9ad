import Hummingbird
import Web

/// Whether a browser's modules tell by themselves what has been on screen, so that a page that is sent is not read by that
/// alone. They say so by a cookie, and a form that comes without them takes it back.
enum MarkingModules {
  private static let cookie = "marks"

  /// `Set-Cookie` that takes it away.
  static let noCookie = "\(cookie)=; Path=/; Max-Age=0; SameSite=Lax"

  static func mark(for request: Request) -> Bool {
    request.wantsFragment || request.cookie(cookie) == "1"
  }

  /// `Set-Cookie`, where modules have run in the browser but do not any more.
  static func takeBack(for request: Request) -> String? {
    guard !request.wantsFragment, request.cookie(cookie) != nil else { return nil }
    return noCookie
  }
}
