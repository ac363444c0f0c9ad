import Web

/// The page that a part of the settings is on with its forms.
enum SettingsPlace: Sendable {
  /// `/settings`, with the others.
  case settings
  /// `/settings/theme`, a page of its own, which a row of `/settings` leads to.
  case theme

  var template: String {
    switch self {
    case .settings: "pages/settings"
    case .theme: "pages/theme"
    }
  }

  var title: Sentence {
    switch self {
    case .settings: Sentence("Settings")
    case .theme: Sentence("Theme")
    }
  }
}
