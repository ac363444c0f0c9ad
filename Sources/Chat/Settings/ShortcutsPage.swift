import Hummingbird
import Web

/// `/shortcuts`: the few keys that do more than in any page.
struct ShortcutsPage: Feature {
  static let routes: [Route<ShortcutsPage>] = [.get("/shortcuts", page)]

  let database: ChatDatabase
  let layout: PageLayout

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer
    let event = try await database.read { try Event.newest(visibleTo: viewer.id, in: $0) }
    return layout.response(
      "pages/shortcuts", to: request, title: Sentence("Keyboard shortcuts"),
      viewer: .init(context.session, event: event),
      values: ["settings": true])
  }
}
