import HTTPTypes
import Hummingbird
import Web

/// `POST /settings`: how the pages look, kept with the account and, for the pages before the log-in, in a cookie.
struct ThemeSetting: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let cookies: CookieJar
  let limit: RateLimit?

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    if let seconds = limit?.take(String(viewer)) {
      return try await page.tooMany(.theme, request, context, seconds: seconds)
    }
    guard let theme = Theme(rawValue: fields["theme"]) else {
      return try await page.refused(.theme, request, context, ["error": "Choose one of these themes."])
    }
    try await database.write(as: context.session) { try User.setTheme(theme, of: viewer, in: $0) }
    return try await page.saved(
      .theme, request, context,
      headers: [.setCookie: cookies.header(Theme.cookie, theme.rawValue, seconds: Theme.seconds)])
  }
}

extension Theme {
  /// What the form shows where this is the theme in use.
  var choice: [String: (any Sendable)?] {
    [
      "themes": Theme.allCases.map {
        View(["name": $0.rawValue, "label": $0.label, "checked": $0 == self])
      }
    ]
  }
}
