import Foundation
import GRDB
import HTTPTypes
import Web

/// The part of the settings that ends one's session on another browser, or all others. It asks for the password, so
/// that whoever has a session that is not theirs cannot shut its owner out.
struct SessionList: SettingsPart {
  static let name = "session-list"
  static let saved = Sentence("That session has ended. Whoever used it has to log in again.")
  static let forms: [SettingsForm<SessionList>] = [
    .init("/settings/sessions", limit: .sessions, takes: PasswordCheck.limits, save)
  ]

  let database: ChatDatabase
  let check: PasswordCheck
  let cookies: CookieJar

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> [Session.Line] {
    try Session.all(of: user, at: now, in: db)
  }

  static func show(_ sessions: [Session.Line], to own: Session) -> SettingsValues {
    [
      "sessions": sessions.map { session in
        View([
          "id": session.id,
          "browser": UserAgent.shown(session.device.browser),
          "address": session.device.address.isEmpty ? nil : session.device.address,
          "isThis": session.id == own.id,
          "began": view(session.beganAt, own.clock),
          "used": view(session.usedAt, own.clock),
        ])
      },
      "hasOthers": sessions.contains { $0.id != own.id },
    ].merging(password()) { $1 }
  }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    let viewer = context.viewer.id
    let one = Session.ID(fields["session"])
    guard one != nil || fields.contains("others") else {
      return .refused(["error": Sentence("Choose a session to end.")])
    }
    let now = Date.now.milliseconds
    // With all others goes whoever has a copy of this one's token.
    let token = one == nil ? SessionToken() : nil
    do {
      let checked = try await check.pass(fields["password"], context.session)
      let session = try await database.write(as: context.session) { [session = context.session] db in
        try checked.confirm(in: db)
        // One that has ended meanwhile is what was asked for.
        for other in try Session.all(of: viewer, at: now, in: db)
        where other.id != session.id && (one == nil || other.id == one) {
          try Session.end(other.id, of: viewer, because: .elsewhere, at: now, in: db)
        }
        return try token.map { try session.replaced(by: $0, at: now, in: db) } ?? session
      }
      return .saved(
        headers: token.map { [.setCookie: Session.header($0, cookies)] } ?? [:], session: session)
    } catch let refusal as PasswordCheck.Refusal {
      return .refused(
        Self.password(error: refusal.sentence).merging(["refusal": refusal.sentence]) { $1 }, by: refusal)
    }
  }

  private static func password(error: Sentence? = nil) -> SettingsValues {
    var field = FormField.currentPassword.with(error: error)
    field.id = "sessions-password"
    return FormField.views([field])
  }

  private static func view(_ time: Milliseconds, _ clock: Clock) -> View {
    let time = Timestamp(time, clock)
    return View([
      "iso": time.iso, "text": time.inFull,
      "utc": clock.zone == nil,
    ])
  }
}
