import HTTPTypes
import Hummingbird
import Web

/// `/settings/deletion`: what is shown for as long as a deletion can be undone. It leads to the sign-up by itself.
struct DeletionPage: Feature {
  static let address = "/settings/deletion"
  static let routes: [Route<DeletionPage>] = [.get(address, page)]

  let database: ChatDatabase
  let layout: PageLayout

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer
    let (deletion, event) = try await database.read { db in
      (try Deletion.find(viewer.id, in: db), try Event.newest(visibleTo: viewer.id, in: db))
    }
    guard let deletion else { return .seeOther("/settings") }
    let values: SettingsValues = [
      "settings": true, "refreshSeconds": "\(deletion.secondsLeft + 1); url=/signup",
    ]
    return layout.response(
      "pages/deletion", to: request, title: Sentence("Delete my account"),
      viewer: .init(context.session, event: event),
      headers: [.cacheControl: "no-store"],
      values: DeletionForm.show(deletion, to: context.session).merging(values) { $1 })
  }
}
