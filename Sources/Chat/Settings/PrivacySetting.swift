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

  static func show(_ privacy: Privacy, to session: Session) -> SettingsValues { values(privacy) }

  private static func values(_ privacy: Privacy) -> SettingsValues {
    [
      "presence": privacy.showsPresence, "reading": privacy.showsReading, "typing": privacy.showsTyping,
    ]
  }

  static func typed(_ fields: FormFields) -> SettingsValues {
    parse(fields, Privacy()).map { values($0) } ?? [:]
  }

  /// Whether others see when the person is online and was last here.
  static func export(_ privacy: Privacy) -> [ExportedSetting] {
    [
      .init(
        "showsPresence", .flag(privacy.showsPresence),
        name: Sentence("Shown to others when online and last here"),
        words: words(privacy.showsPresence)),
      .init(
        "showsReading", .flag(privacy.showsReading), name: Sentence("Others are told what was read"),
        words: words(privacy.showsReading)),
      .init(
        "showsTyping", .flag(privacy.showsTyping), name: Sentence("Others see when typing"),
        words: words(privacy.showsTyping)),
    ]
  }

  private static func words(_ isOn: Bool) -> Sentence { isOn ? Sentence("Yes") : Sentence("No") }

  /// - Parameter before: what holds of the switches that a form does not have, as one that was made by an earlier version.
  /// - Returns: nil for what means neither yes nor no, which hides nobody and shows nobody.
  private static func parse(_ fields: FormFields, _ before: Privacy) -> Privacy? {
    func flag(_ name: String) -> Bool? { ["": false, "1": true][fields[name]] }
    guard let presence = flag("presence"), let reading = flag("reading"), let typing = flag("typing") else {
      return nil
    }
    let hasAll = fields.contains("switches")
    return Privacy(
      showsPresence: presence, showsReading: hasAll ? reading : before.showsReading,
      showsTyping: hasAll ? typing : before.showsTyping)
  }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    guard Self.parse(fields, Privacy()) != nil else {
      return .refused(["error": Sentence("Tick the box or leave it empty.")])
    }
    let viewer = context.viewer.id
    let now = Date.now.milliseconds
    let event = try await database.write(as: context.session) {
      let privacy = Self.parse(fields, try Privacy.of(viewer, in: $0)) ?? Privacy()
      return try privacy.save(of: viewer, at: now, in: $0)
    }
    // From then on it holds everywhere.
    await follower.reach(event)
    return .saved()
  }
}
