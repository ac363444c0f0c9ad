import GRDB
import Web

/// The part of the settings for another address to log in with.
struct EmailChange: SettingsPart {
  static let name = "email-form"
  static let saved = Sentence("Your email address has been changed. Log in with the new one from now on.")
  static let forms: [SettingsForm<EmailChange>] = [
    .init("/settings/email", takes: PasswordCheck.limits, save)
  ]

  let database: ChatDatabase
  let check: PasswordCheck

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> String {
    try User.profile(user, in: db)?.email ?? ""
  }

  static func show(_ email: String, to session: Session) -> SettingsValues { values(email) }

  static func typed(_ fields: FormFields) -> SettingsValues { values(fields["email"]) }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    let viewer = context.viewer.id
    let typed = fields["email"]
    do {
      let email = try EmailAddress(typed)
      let checked = try await check.pass(fields["password"], context.session)
      try await database.write(as: context.session) { db in
        try checked.confirm(in: db)
        try User.setEmail(email, of: viewer, in: db)
      }
      return .saved()
    } catch let refusal as PasswordCheck.Refusal {
      return .refused(Self.values(typed, passwordError: refusal.sentence), by: refusal)
    } catch let refusal as EmailAddress.Refusal {
      return .refused(Self.values(typed, error: refusal.sentence))
    }
  }

  private static func values(
    _ email: String, error: Sentence? = nil, passwordError: Sentence? = nil
  ) -> SettingsValues {
    var password = FormField.currentPassword.with(error: passwordError)
    password.id = "email-password"
    return FormField.views([.email.with(value: email, error: error), password])
  }
}
