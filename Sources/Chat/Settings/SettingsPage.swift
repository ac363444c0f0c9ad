import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/settings`: all that is one's own to decide, on one page. Each part has forms of its own, which are answered by
/// this page, or for modules by the part alone, see ``SettingsSection``.
struct SettingsPage: Feature {
  static let routes: [Route<SettingsPage>] = [.get("/settings", page)]

  let database: ChatDatabase
  let layout: PageLayout
  let parts: [any SettingsPart.Type]

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let saved = FormFields(query: request.uri.query)["saved"]
    return try await page(request, context, notice: parts.first { $0.name == saved }?.saved)
  }

  /// All parts, from one point in time.
  /// - Parameters:
  ///   - part: the name of the one that a form was refused of.
  ///   - answers: laid over what that part shows: the person's input and the sentence at its field.
  func page(
    _ request: Request, _ context: SignedInContext, part: String? = nil, answers: SettingsValues = [:],
    notice: Sentence? = nil, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) async throws -> Response {
    let session = context.session
    let now = Date.now.milliseconds
    let (event, loaded) = try await database.read { [parts] db in
      (
        try Event.newest(visibleTo: session.user.id, in: db),
        try parts.map { ($0.name, try $0.loaded(for: session, at: now, in: db)) }
      )
    }
    var values: SettingsValues = ["settings": true, "saved": notice]
    for (name, shown) in loaded {
      values[name] = View(shown().merging(name == part ? answers : [:]) { $1 })
    }
    return layout.response(
      "pages/settings", to: request, title: Sentence("Settings"),
      viewer: .init(user: session.user, theme: session.theme, clock: session.clock, event: event),
      status: status, headers: headers, values: values)
  }

  /// One part alone.
  /// - Parameter notice: what the page says beside it.
  func fragment<Part: SettingsPart>(
    _ part: Part.Type, to request: Request, for session: Session, answers: SettingsValues = [:],
    notice: Sentence? = nil,
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) async throws -> Response {
    let now = Date.now.milliseconds
    let shown = try await database.read { try Part.loaded(for: session, at: now, in: $0) }
    return layout.fragment(
      "fragments/\(Part.name)", to: request, notice: notice, status: status, headers: headers,
      values: shown().merging(answers) { $1 })
  }
}
