import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `POST /settings/sessions`: ends one's session on another browser, or all others. It asks for the password, so that
/// whoever has a session that is not theirs cannot shut its owner out.
struct SessionList: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let check: PasswordCheck
  let limit: RateLimit?
  let cookies: CookieJar

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    var context = context
    let own = context.session.id
    let viewer = context.viewer.id
    if let seconds = limit?.take(String(own)) {
      return try await page.tooMany(.sessions, request, context, seconds: seconds)
    }
    let one = Session.ID(fields["session"])
    guard one != nil || fields.contains("others") else {
      return try await page.refused(.sessions, request, context, ["error": "Choose a session to end."])
    }
    let now = Date.now.milliseconds
    // With all others goes whoever has a copy of this one's token.
    let token = one == nil ? SessionToken() : nil
    do {
      let checked = try await check.pass(fields["password"], context.session)
      context.session = try await database.write(as: context.session) { [session = context.session] db in
        try checked.confirm(in: db)
        // One that has ended meanwhile is what was asked for.
        for other in try Session.all(of: viewer, at: now, in: db)
        where other.id != own && (one == nil || other.id == one) {
          try Session.end(other.id, of: viewer, because: .elsewhere, at: now, in: db)
        }
        return try token.map { try session.replaced(by: $0, at: now, in: db) } ?? session
      }
    } catch let refusal as PasswordCheck.Refusal {
      return try await page.refused(
        .sessions, request, context,
        ["password": Self.password(error: refusal.sentence), "refusal": refusal.sentence],
        status: refusal.status, headers: refusal.headers)
    }
    return try await page.saved(
      .sessions, request, context, headers: token.map { [.setCookie: Session.header($0, cookies)] } ?? [:])
  }

  /// What the part of the settings shows.
  static func values(_ sessions: [Session.Line], own: Session.ID, _ clock: Clock) -> [String: (any Sendable)?]
  {
    [
      "sessions": sessions.map { session in
        View([
          "id": session.id,
          "browser": session.device.browser.isEmpty ? "A browser" : session.device.browser,
          "address": session.device.address.isEmpty ? nil : session.device.address,
          "isThis": session.id == own,
          "began": view(session.beganAt, clock),
          "used": view(session.usedAt, clock),
        ])
      },
      "hasOthers": sessions.contains { $0.id != own },
      "password": password(),
    ]
  }

  private static func password(error: String? = nil) -> View {
    var field = FormField.currentPassword.with(error: error)
    field.id = "sessions-password"
    return field.view(reveals: false)
  }

  private static func view(_ time: Milliseconds, _ clock: Clock) -> View {
    let time = Timestamp(time, clock)
    return View(["iso": time.iso, "text": "\(time.dayInWords) at \(time.clock)", "utc": clock.zone == nil])
  }
}
