import GRDB
import HTTPTypes
import Hummingbird
import Web

/// What the person chose of time zone and clock, or what a browser says of itself where nobody has chosen yet.
struct ClockSetting: SettingsPart {
  static let name = "clock-form"
  static let saved = Sentence("Your time zone and clock are saved.")
  static let forms: [SettingsForm<ClockSetting>] = [.init("/settings/clock", limit: .clock, save)]

  let database: ChatDatabase

  private static let zoneError = Sentence(
    "There is no time zone of that name. Write one like Europe/Berlin, or leave it empty.")

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Clock {
    try Clock.of(user, in: db)
  }

  static func show(_ clock: Clock, to session: Session) -> SettingsValues {
    [
      "timeZone": clock.zone?.text ?? "", "twelve": clock.hours == .twelve, "zones": ZoneName.all,
      "zoneError": nil, "hoursError": nil,
    ]
  }

  static func typed(_ fields: FormFields) -> SettingsValues {
    ["timeZone": String(fields["timeZone"].prefix(80)), "twelve": hours(fields) == .twelve]
  }

  /// The zone by its IANA name; 12 or 24 hours.
  static func export(_ clock: Clock) -> [ExportedSetting] {
    let zone = clock.zone?.text
    return [
      .init(
        "timeZone", zone.map { .text($0) }, name: Sentence("Time zone"),
        words: zone.map(Sentence.verbatim) ?? Sentence("UTC")),
      .init(
        "hours", clock.hours.map { .number($0.rawValue) }, name: Sentence("Clock"),
        words: clock.hours == .twelve ? Sentence("12 hours") : Sentence("24 hours")),
    ]
  }

  private static func hours(_ fields: FormFields) -> Clock.Hours? {
    Int(fields["hours"]).flatMap { Clock.Hours(rawValue: $0) }
  }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    let viewer = context.viewer.id
    let hours = Self.hours(fields)
    if fields.contains("guess") {
      guard let hours else { throw ChatError.malformed }
      return try await takeGuess(Clock(zone: ZoneName(fields["timeZone"]), hours: hours), context.session)
    }
    let typed = fields["timeZone"]
    let zone = ZoneName(typed: typed)
    let isKnown = zone != nil || typed.allSatisfy(\.isWhitespace)
    guard let hours, isKnown else {
      return .refused([
        "zoneError": isKnown ? nil : Self.zoneError,
        "hoursError": hours == nil ? Sentence("Choose 24 or 12 hours.") : nil,
      ])
    }
    try await database.write(as: context.session) {
      try Clock(zone: zone, hours: hours).save(of: viewer, in: $0)
    }
    return .saved(changesPage: true)
  }

  /// A zone that the server does not know counts as none, so that no page asks again.
  private func takeGuess(_ clock: Clock, _ session: Session) async throws -> SettingsAnswer {
    try await database.write(as: session) { try clock.save(of: session.user.id, unlessChosen: true, in: $0) }
    return .other(Response(status: .noContent, headers: [.cacheControl: "no-store"]))
  }
}
