import Foundation
import GRDB
import HTTPTypes
import Web

/// The part of the settings for another password, which ends every other session, gives this one another token and
/// makes every other browser unknown.
struct PasswordChange: SettingsPart {
  static let name = "password-form"
  static let saved = Sentence("Your password has been changed. You are logged out everywhere else.")
  static let forms: [SettingsForm<PasswordChange>] = [
    .init("/settings/password", takes: PasswordCheck.limits, save)
  ]

  let database: ChatDatabase
  let check: PasswordCheck
  let hasher: PasswordHasher
  let cookies: CookieJar

  /// Nothing of it is shown.
  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws {}

  static func show(_ content: Void, to session: Session) -> SettingsValues { values() }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    let viewer = context.viewer.id
    do {
      let profile = try await database.read { try User.profile(viewer, in: $0) }
      let password = try Password(
        fields["newPassword"], of: [profile?.user.fullName, profile?.email].compactMap { $0 })
      let checked = try await check.pass(fields["password"], context.session)
      let hash = try await hasher.hash(password.text, for: .session(context.session.id))
      let now = Date.now.milliseconds
      let (browser, token) = (SessionToken(), SessionToken())
      let session = try await database.write(as: context.session) { [session = context.session] db in
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
      return .saved(
        headers: headers, session: session, changesPage: true)
    } catch let refusal as PasswordCheck.Refusal {
      return .refused(Self.values(error: refusal.sentence), by: refusal)
    } catch let refusal as Password.Refusal {
      return .refused(Self.values(newError: refusal.sentence))
    } catch is PasswordHasher.Busy {
      return .refused(
        Self.values(error: Sentence("The server is busy at the moment. Try again.")),
        status: .tooManyRequests, headers: [.retryAfter: "5"])
    }
  }

  private static func values(error: Sentence? = nil, newError: Sentence? = nil) -> SettingsValues {
    var current = FormField.currentPassword.with(error: error)
    var new = FormField.newPassword.with(error: newError)
    current.id = "password-current"
    new.name = "newPassword"
    new.label = Sentence("New password")
    new.isRevealable = false
    return FormField.views([current, new])
  }
}
