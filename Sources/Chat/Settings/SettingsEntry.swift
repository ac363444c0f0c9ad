import Hummingbird

/// A part of the settings in the list of features: its lines of the URL map, and how one is built from the core.
struct SettingsEntry: Sendable {
  let part: any SettingsPart.Type
  let lines: [RouteLine]
  /// Builds it and adds its forms.
  let add: @Sendable (Router<ChatContext>, Core, SettingsPage) -> Void

  init<Part: SettingsPart>(_ type: Part.Type, _ build: @escaping @Sendable (Core) -> Part) {
    let routes = SettingsSection<Part>.routes
    part = type
    lines = routes.map(\.line)
    add = { router, core, page in
      let section = SettingsSection(page: page, part: build(core))
      for route in routes { route.add(to: router, of: section, behind: core.gate) }
    }
  }
}
