import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// What every page has around it: title, assets, and for who is logged in the one style rule that sets
/// their own messages apart.
struct PageLayout: Sendable {
  let templates: Templates
  let assets: Assets
  let cookies: CookieJar

  /// Who a page is for, and the newest event that it already shows.
  struct Viewer: Sendable {
    let user: User
    let theme: Theme
    let clock: Clock
    let event: Event.ID
  }

  /// - Parameter request: tells the theme where nobody is logged in.
  func response(
    _ template: String, to request: Request, title: String, viewer: Viewer? = nil, bodyClass: String = "",
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], values: [String: (any Sendable)?]
  ) -> Response {
    let style = viewer.map { Self.style(for: $0.user.id) }
    let theme = viewer?.theme ?? Theme(stored: cookies.value(of: Theme.cookie, in: request))
    let view = View(values).adding([
      "theme": theme == .system ? nil : theme.rawValue,
      "title": title,
      "assets": assets.address,
      "bodyClass": bodyClass,
      "viewerStyle": style,
      "viewer": viewer.map {
        View([
          "id": $0.user.id, "fullName": $0.user.fullName, "event": $0.event,
          "hours": $0.clock.hours?.rawValue,
        ])
      },
    ])
    var headers = headers
    headers[.contentSecurityPolicy] = SecurityHeaders<ChatContext>.policy(
      styleHash: style.map { Data(SHA256.hash(data: Data($0.utf8))).base64EncodedString() })
    return .html(templates.render(template, view), status: status, headers: headers)
  }

  func fragment(
    _ template: String, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:],
    values: [String: (any Sendable)?]
  ) -> Response {
    .html(templates.render(template, View(values)), status: status, headers: headers)
  }

  /// Messages are the same HTML for everyone; this rule makes the viewer's own stand on the other side.
  static func style(for user: User.ID) -> String {
    "[data-author=\"\(user)\"]{--own-side:flex-end;--own-avatar:none;--own-bubble:var(--accent-soft);"
      + "--own-line:transparent;--own-left:var(--corner);--own-right:var(--corner-sharp)}"
  }
}
