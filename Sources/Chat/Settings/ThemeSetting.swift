import GRDB
import HTTPTypes
import Web

/// How the pages look, kept with the account and, for the pages before the log-in, in a cookie.
struct ThemeSetting: SettingsPart {
  static let name = "theme-form"
  static let saved = Sentence("Your theme is saved.")
  static let place = SettingsPlace.theme
  static let forms: [SettingsForm<ThemeSetting>] = [.init("/settings", limit: .theme, save)]

  let database: ChatDatabase
  let cookies: CookieJar

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Theme {
    try User.theme(of: user, in: db)
  }

  static func show(_ theme: Theme, to session: Session) -> SettingsValues {
    choice(theme).merging(["inUse": View(["name": theme.rawValue, "label": theme.label])]) { $1 }
  }

  static func typed(_ fields: FormFields) -> SettingsValues {
    Theme(rawValue: fields["theme"]).map(choice) ?? [:]
  }

  private static func choice(_ theme: Theme) -> SettingsValues {
    [
      "themes": Theme.allCases.map {
        View(["name": $0.rawValue, "label": $0.label, "checked": $0 == theme])
      }
    ]
  }

  static func export(_ theme: Theme) -> [ExportedSetting] {
    [.init("theme", .text(theme.rawValue), name: Sentence("Theme"), words: theme.label)]
  }

  private func save(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    guard let theme = Theme(rawValue: fields["theme"]) else {
      return .refused(["error": Sentence("Choose one of these themes.")])
    }
    let viewer = context.viewer.id
    try await database.write(as: context.session) { try User.setTheme(theme, of: viewer, in: $0) }
    return .saved(
      headers: [.setCookie: cookies.header(Theme.cookie, theme.rawValue, seconds: Theme.seconds)],
      changesPage: true)
  }
}
