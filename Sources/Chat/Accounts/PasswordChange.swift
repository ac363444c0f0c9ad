import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `POST /settings/password`: another password, which ends every other session, gives this one another token and
/// makes every other browser unknown.
struct PasswordChange: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let check: PasswordCheck
  let hasher: PasswordHasher
  let cookies: CookieJar

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    do {
      let profile = try await database.read { try User.profile(viewer, in: $0) }
      let password = try Password(
        fields["newPassword"], of: [profile?.user.fullName, profile?.email].compactMap { $0 })
      let checked = try await check.pass(fields["password"], context.session)
      let hash = try await hasher.hash(password.text, for: .session(context.session.id))
      let now = Date.now.milliseconds
      let (browser, token) = (SessionToken(), SessionToken())
      var context = context
      context.session = try await database.write(as: context.session) { [session = context.session] db in
        try checked.confirm(in: db)
        try User.setPassword(hash, of: viewer, in: db)
        try KnownBrowser.remember(browser, of: viewer, at: now, in: db)
        try Session.endAll(
          of: viewer, except: session.id, because: .passwordChanged, at: now, in: db)
        return try session.replaced(by: token, at: now, in: db)
      }
      var headers = HTTPFields()
      headers[values: .setCookie] = [
        KnownBrowser.header(browser, cookies), Session.header(token, cookies),
      ]
      return try await page.saved(.password, request, context, headers: headers)
    } catch let refusal as PasswordCheck.Refusal {
      return try await page.refused(
        .password, request, context, Self.values(error: refusal.sentence), status: refusal.status,
        headers: refusal.headers)
    } catch let refusal as Password.Refusal {
      return try await page.refused(
        .password, request, context, Self.values(newError: refusal.sentence))
    } catch is PasswordHasher.Busy {
      return try await page.refused(
        .password, request, context,
        Self.values(error: "The server has too much to do at the moment. Try again."),
        status: .tooManyRequests, headers: [.retryAfter: "5"])
    }
  }

  /// What the part of the settings shows.
  static func values(error: String? = nil, newError: String? = nil) -> [String: (any Sendable)?] {
    var current = FormField.currentPassword.with(error: error)
    var new = FormField.newPassword.with(error: newError)
    current.id = "password-current"
    new.name = "newPassword"
    new.label = "New password"
    return ["current": current.view(reveals: false), "new": new.view(reveals: false)]
  }
}
