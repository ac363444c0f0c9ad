import Web

/// All that one chat page shows and to whom: as long as two are equal, the pages are the same bytes.
struct ChatPage: Sendable, Hashable {
  let view: ChatView
  let sidebar: SidebarView
  /// Of the other person in the open conversation.
  let lastSeen: Milliseconds?
  /// Whether it loads itself again from time to time.
  let renews: Bool
  /// Where to invite others to; nil where others are here.
  let invitation: String?
  /// In the rows, times of this day are times of day.
  let today: String

  var title: Sentence { view.open?.name ?? Sentence("Chats") }

  /// - Parameters:
  ///   - now: a time of ``today``.
  ///   - refused: a message that was not taken, to be shown again with why.
  func values(
    _ messages: MessageFragment, _ rows: RowFragment, now: Timestamp, refused: ComposerView.Refused? = nil
  ) -> [String: (any Sendable)?] {
    var values = sidebar.values(rows, now: now)
    values["chats"] = true
    values["open"] = view.open != nil
    values["alone"] = view.isAlone
    values["address"] = invitation
    if let open = view.open {
      values["conversation"] =
        ConversationView(
          open: open, history: HistoryView(open: open, messages: messages, reader: sidebar.reader),
          lastSeen: lastSeen,
          isOnline: open.person.map { sidebar.online.users.contains($0.id) } ?? false, renews: renews,
          refused: refused
        ).view
      values["refreshSeconds"] = renews ? 30 : nil
    }
    return values
  }
}
