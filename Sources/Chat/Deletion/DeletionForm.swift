import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/settings/deletion`: asks for the password, shows how long it can be undone, and undoes it.
struct DeletionForm: Sendable {
  let database: ChatDatabase
  let layout: PageLayout
  let settings: SettingsPage
  let deletions: Deletions
  let check: PasswordCheck
  let farewell: Farewell
  let cookies: CookieJar

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    let keepsMessages = fields["messages"] == "keep"
    let token = SessionToken()
    var context = context
    do {
      let checked = try await check.pass(fields["password"], context.session)
      context.session = try await deletions.ask(
        context.session, checked, keepsMessages: keepsMessages, token: token)
    } catch let refusal as PasswordCheck.Refusal {
      return try await settings.refused(
        .deletion, request, context, ["error": refusal.sentence, "keeps": keepsMessages],
        status: refusal.status, headers: refusal.headers)
    }
    var headers = HTTPFields()
    headers[values: .setCookie] = [farewell.mark(viewer), Session.header(token, cookies)]
    guard !request.wantsFragment else {
      return try await settings.saved(.deletion, request, context, headers: headers)
    }
    return .seeOther("/settings/deletion", headers: headers)
  }

  /// `GET /settings/deletion`: what is shown for as long as it can be undone. It leads to the sign-up by
  /// itself.
  func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer
    let (deletion, event) = try await database.read { db in
      (try Deletion.find(viewer.id, in: db), try Event.newest(visibleTo: viewer.id, in: db))
    }
    guard let deletion else { return .seeOther("/settings") }
    let seconds = Self.secondsLeft(deletion)
    return layout.response(
      "pages/deletion", to: request, title: "Delete my account",
      viewer: .init(user: viewer, theme: context.session.theme, clock: context.session.clock, event: event),
      headers: [.cacheControl: "no-store"],
      values: Self.values(deletion).merging([
        "settings": true, "refreshSeconds": "\(seconds + 1);url=/signup",
      ]) { $1 })
  }

  /// `POST /settings/deletion/undo`
  func undo(_ request: Request, _ context: SignedInContext) async throws -> Response {
    guard try await deletions.undo(context.session) else { return .seeOther("/settings/deletion") }
    return try await settings.saved(
      .deletion, request, context, headers: [.setCookie: farewell.noMark])
  }

  /// What the part of the settings shows.
  static func values(_ deletion: Deletion?) -> [String: (any Sendable)?] {
    let seconds = deletion.map(secondsLeft)
    return [
      "pending": deletion != nil,
      "undoable": seconds.map { $0 > 0 },
      "seconds": seconds,
      "unit": seconds == 1 ? "second" : "seconds",
    ]
  }

  private static func secondsLeft(_ deletion: Deletion) -> Int {
    max(0, Int((Double(deletion.dueAt - Date.now.milliseconds) / 1000).rounded(.up)))
  }
}
