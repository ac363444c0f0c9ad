import Hummingbird
import Web

/// The list of conversations, for a page about one that stands beside it as the conversation itself does.
struct ListBeside: Sendable {
  /// What the list is marked by.
  struct Place: Sendable {
    /// Of the conversation, which is asked for other rows.
    let address: String
    var conversation: Conversation.ID?
    var person: User.ID?
  }

  let layout: PageLayout
  let board: PresenceBoard
  let fragments: Fragments

  /// - Parameter shown: those whose presence the page shows beside the list.
  func html(
    _ sidebar: Sidebar, at place: Place, shown: [User.ID], _ request: Request, _ context: SignedInContext
  ) -> String {
    let reader = Reader(language: layout.language(of: request), clock: context.session.clock)
    let online = board.pageShown(
      shown + sidebar.rows.compactMap { $0.person?.id }, to: context.session)
    let view = SidebarView(
      sidebar: sidebar, question: .all, path: place.address, viewer: context.viewer.id,
      current: place.conversation, currentPerson: place.person, isCurrentRead: false, online: online,
      reader: reader)
    let values = view.values(fragments.rows, now: .now(by: context.session.clock))
    return layout.templates.render("fragments/sidebar", View(values), in: reader.language)
  }
}
