import HTTPTypes
import Hummingbird
import Web

/// `POST /settings/clock`: what the person chose, or what a browser says of itself where nobody has chosen yet.
struct ClockSetting: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let limit: RateLimit?

  private static let zoneError =
    "There is no time zone of that name. Write one like Europe/Berlin, or leave it empty."

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    if let seconds = limit?.take(String(viewer)) {
      return try await page.tooMany(.clock, request, context, seconds: seconds)
    }
    let hours = Int(fields["hours"]).flatMap { Clock.Hours(rawValue: $0) }
    if fields.contains("guess") {
      guard let hours else { throw ChatError.malformed }
      return try await takeGuess(Clock(zone: ZoneName(fields["timeZone"]), hours: hours), context.session)
    }
    let typed = fields["timeZone"]
    let zone = ZoneName(typed: typed)
    let isKnown = zone != nil || typed.allSatisfy(\.isWhitespace)
    guard let hours, isKnown else {
      return try await page.refused(
        .clock, request, context,
        [
          "timeZone": String(typed.prefix(80)), "twelve": hours == .twelve,
          "zoneError": isKnown ? nil : Self.zoneError,
          "hoursError": hours == nil ? "Choose 24 or 12 hours." : nil,
        ])
    }
    try await database.write(as: context.session) {
      try Clock(zone: zone, hours: hours).save(of: viewer, in: $0)
    }
    return try await page.saved(.clock, request, context)
  }

  /// A zone that the server does not know counts as none, so that no page asks again.
  private func takeGuess(_ clock: Clock, _ session: Session) async throws -> Response {
    try await database.write(as: session) { try clock.save(of: session.user.id, unlessChosen: true, in: $0) }
    return Response(status: .noContent, headers: [.cacheControl: "no-store"])
  }
}

extension Clock {
  /// What the form shows where this is the clock in use.
  var choice: [String: (any Sendable)?] {
    ["timeZone": zone?.text ?? "", "twelve": hours == .twelve, "zones": ZoneName.all]
  }
}
