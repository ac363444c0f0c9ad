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
  let hasher: PasswordHasher
  let cookies: CookieJar
  let limit: RateLimit?

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    let keepsMessages = fields["messages"] == "keep"
    if let seconds = limit?.take(String(viewer)) {
      return try await refuse(
        request, context, keepsMessages, "Those were too many tries. Wait \(Wait(seconds)), then try again.",
        .tooManyRequests, seconds: seconds)
    }
    let hash = try await database.read { try User.passwordHash(of: viewer, in: $0) }
    do {
      guard try await hasher.check(fields["password"], against: hash).isRight else {
        return try await refuse(
          request, context, keepsMessages, "That is not your password. Nothing was deleted.")
      }
    } catch is PasswordHasher.Busy {
      return try await refuse(
        request, context, keepsMessages, "The server has too much to do at the moment. Try again.",
        .tooManyRequests, seconds: 5)
    }
    try await deletions.ask(of: viewer, keepsMessages: keepsMessages)
    let headers: HTTPFields = [
      .setCookie: cookies.header(Farewell.cookie, String(viewer), seconds: Farewell.seconds)
    ]
    guard !request.wantsFragment else {
      return try await settings.saved(.deletion, request, context, headers: headers)
    }
    return .seeOther("/settings/deletion", headers: headers)
  }

  private func refuse(
    _ request: Request, _ context: SignedInContext, _ keepsMessages: Bool, _ sentence: String,
    _ status: HTTPResponse.Status = .unprocessableContent, seconds: Int? = nil
  ) async throws -> Response {
    try await settings.refused(
      .deletion, request, context, ["error": sentence, "keeps": keepsMessages], status: status,
      headers: seconds.map { [.retryAfter: String($0)] } ?? [:])
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
    guard try await deletions.undo(context.viewer.id) else { return .seeOther("/settings/deletion") }
    return try await settings.saved(
      .deletion, request, context, headers: [.setCookie: cookies.header(Farewell.cookie, nil, seconds: 0)])
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
