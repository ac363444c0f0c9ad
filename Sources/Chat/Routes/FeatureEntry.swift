import Hummingbird

/// A feature in the list of them: its lines of the URL map, and how one is built from the core.
struct FeatureEntry: Sendable {
  let lines: [RouteLine]
  /// Builds it and adds its routes.
  let add: @Sendable (Router<ChatContext>, Core) -> Void

  init<Built: Feature>(_ type: Built.Type, _ build: @escaping @Sendable (Core) -> Built) {
    lines = Built.routes.map(\.line)
    add = { router, core in
      let feature = build(core)
      for route in Built.routes { route.add(to: router, of: feature, behind: core.gate) }
    }
  }

  /// The settings: a page, and the forms of the parts on it.
  init(settings parts: [SettingsEntry]) {
    lines = SettingsPage.routes.map(\.line) + parts.flatMap(\.lines)
    add = { router, core in
      let page = SettingsPage(database: core.database, layout: core.layout, parts: parts.map(\.part))
      for route in SettingsPage.routes { route.add(to: router, of: page, behind: core.gate) }
      for part in parts { part.add(router, core, page) }
    }
  }
}
