import HTTPTypes
import Hummingbird
import Web

/// `/settings`: how the pages look, kept with the account and, for the pages before the log-in, in a cookie.
struct SettingsPage: Sendable {
  let database: ChatDatabase
  let layout: PageLayout
  let cookies: CookieJar

  func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let isSaved = FormFields(query: request.uri.query).contains("saved")
    return try await answer(request, context, theme: context.session.theme, isSaved: isSaved)
  }

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    guard let theme = Theme(rawValue: fields["theme"]) else {
      return try await answer(
        request, context, theme: context.session.theme, error: "Choose one of these themes.",
        status: .unprocessableContent)
    }
    let viewer = context.viewer.id
    try await database.writer.write { try User.setTheme(theme, of: viewer, in: $0) }
    var response =
      try await request.wantsFragment
      ? answer(request, context, theme: theme, isSaved: true) : Response.seeOther("/settings?saved")
    response.headers[.setCookie] = cookies.header(Theme.cookie, theme.rawValue, seconds: Theme.seconds)
    return response
  }

  private func answer(
    _ request: Request, _ context: SignedInContext, theme: Theme, error: String? = nil,
    isSaved: Bool = false, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let values: [String: (any Sendable)?] = [
      "settings": true,
      "saved": isSaved,
      "error": error,
      "themes": Theme.allCases.map {
        View(["name": $0.rawValue, "label": $0.label, "checked": $0 == theme])
      },
    ]
    if request.wantsFragment, request.method == .post {
      return layout.fragment("fragments/settings-form", status: status, values: values)
    }
    let viewer = context.viewer
    let event = try await database.read { try Event.newest(visibleTo: viewer.id, in: $0) }
    return layout.response(
      "pages/settings", to: request, title: "Settings",
      viewer: .init(user: viewer, theme: theme, event: event), status: status, values: values)
  }
}
