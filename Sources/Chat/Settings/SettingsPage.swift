import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/settings`: all that is one's own to decide. Each part has forms of its own, which are answered by the page that
/// they are on, or for modules by the part alone, see ``SettingsSection``.
struct SettingsPage: Feature {
  static let routes: [Route<SettingsPage>] = [.get("/settings", page), .get("/settings/theme", themePage)]

  let database: ChatDatabase
  let layout: PageLayout
  let parts: [any SettingsPart.Type]

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let saved = FormFields(query: request.uri.query)["saved"]
    return try await page(request, context, notice: parts.first { $0.name == saved }?.saved)
  }

  private func themePage(_ request: Request, _ context: SignedInContext) async throws -> Response {
    try await page(request, context, at: .theme)
  }

  /// All parts, from one point in time.
  /// - Parameters:
  ///   - part: the name of the one that a form was refused of.
  ///   - answers: laid over what that part shows: the person's input and the sentence at its field.
  func page(
    _ request: Request, _ context: SignedInContext, at place: SettingsPlace = .settings, part: String? = nil,
    answers: SettingsValues = [:], notice: Sentence? = nil, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) async throws -> Response {
    let session = context.session
    let now = Date.now.milliseconds
    let (event, account, loaded) = try await database.read { [parts] db in
      (
        try Event.newest(visibleTo: session.user.id, in: db),
        try User.profile(session.user.id, in: db)?.email,
        try parts.map { ($0.name, try $0.loaded(for: session, at: now, in: db)) }
      )
    }
    var values: SettingsValues = ["settings": true, "saved": notice, "account": account]
    for (name, shown) in loaded {
      values[name] = View(shown().merging(name == part ? answers : [:]) { $1 })
    }
    return layout.response(
      place.template, to: request, title: place.title,
      viewer: .init(session, event: event),
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
    let (account, shown) = try await database.read { db in
      (try User.profile(session.user.id, in: db)?.email, try Part.loaded(for: session, at: now, in: db))
    }
    return layout.fragment(
      "fragments/\(Part.name)", to: request, notice: notice, status: status, headers: headers,
      values: shown().merging(answers) { $1 }.merging(["account": account]) { $1 })
  }
}
