import Foundation
import GRDB
import Web

/// Whether others see when one is online.
struct PrivacySetting: SettingsPart {
  static let name = "privacy-form"
  static let saved = Sentence("Your privacy is saved.")
  static let forms: [SettingsForm<PrivacySetting>] = [.init("/settings/privacy", limit: .privacy, save)]

  let database: ChatDatabase
  let follower: LogFollower

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Privacy {
    try Privacy.of(user, in: db)
  }

  static func show(_ privacy: Privacy, to session: Session) -> SettingsValues {
    ["presence": privacy.showsPresence]
  }

  static func typed(_ fields: FormFields) -> SettingsValues {
    parse(fields).map { ["presence": $0.showsPresence] } ?? [:]
  }

  /// Whether others see when the person is online and was last here.
  static func export(_ privacy: Privacy) -> [ExportedSetting] {
    [
      .init(
        "showsPresence", .flag(privacy.showsPresence),
        name: Sentence("Shown to others when online and last here"),
        words: privacy.showsPresence ? Sentence("Yes") : Sentence("No"))
    ]
  }

  /// - Returns: nil for what means neither yes nor no, which hides nobody and shows nobody.
  private static func parse(_ fields: FormFields) -> Privacy? {
    switch fields["presence"] {
    case "": Privacy(showsPresence: false)
    case "1": Privacy(showsPresence: true)
    default: nil
    }
  }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    guard let privacy = Self.parse(fields) else {
      return .refused(["error": Sentence("Tick the box or leave it empty.")])
    }
    let viewer = context.viewer.id
    let now = Date.now.milliseconds
    let event = try await database.write(as: context.session) {
      try privacy.save(of: viewer, at: now, in: $0)
    }
    // From then on it holds everywhere.
    await follower.reach(event)
    return .saved()
  }
}
