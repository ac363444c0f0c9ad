import HTTPTypes
import Hummingbird
import Web

/// `POST /settings/email`: another address to log in with.
struct EmailChange: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let check: PasswordCheck

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    let typed = fields["email"]
    do {
      let email = try EmailAddress(typed)
      let checked = try await check.pass(fields["password"], context.session)
      try await database.write(as: context.session) { db in
        try checked.confirm(in: db)
        try User.setEmail(email, of: viewer, in: db)
      }
      return try await page.saved(.email, request, context)
    } catch let refusal as PasswordCheck.Refusal {
      return try await page.refused(
        .email, request, context, Self.values(typed, passwordError: refusal.sentence), status: refusal.status,
        headers: refusal.headers)
    } catch let refusal as EmailAddress.Refusal {
      return try await page.refused(.email, request, context, Self.values(typed, error: refusal.sentence))
    }
  }

  /// What the part of the settings shows.
  static func values(
    _ email: String, error: String? = nil, passwordError: String? = nil
  ) -> [String: (any Sendable)?] {
    var password = FormField.currentPassword.with(error: passwordError)
    password.id = "email-password"
    return [
      "email": FormField.email.with(value: email, error: error).view(),
      "password": password.view(reveals: false),
    ]
  }
}
