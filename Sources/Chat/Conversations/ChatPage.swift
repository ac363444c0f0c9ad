import Web

/// All that one chat page shows and to whom: as long as two are equal, the pages are the same bytes.
struct ChatPage: Sendable, Hashable {
  let view: ChatView
  let sidebar: SidebarView
  /// Of the other person in the open conversation.
  let lastSeen: Milliseconds?
  /// Of the members of the open group.
  let onlineCount: Int
  /// In a talk of two, of the viewer's own messages.
  let receipts: Receipts?
  /// What the composer answers.
  let reply: ComposerView.Reply?
  /// Whether it loads itself again from time to time.
  let renews: Bool
  /// Where to invite others to; nil where nobody new can come.
  let invitation: InvitationAddress?
  /// In the rows, times of this day are times of day.
  let today: String

  var title: Sentence { view.open?.name ?? Sentence("Chats") }

  /// - Parameters:
  ///   - now: a time of ``today``.
  ///   - refused: a message that was not taken, to be shown again with why.
  func values(
    _ fragments: Fragments, now: Timestamp, refused: ComposerView.Refused? = nil
  ) -> [String: (any Sendable)?] {
    var values = sidebar.values(fragments.rows, now: now)
    values["chats"] = true
    values["open"] = view.open != nil
    values["alone"] = view.isAlone
    values["invitation"] = invitation?.text
    values["onlyHere"] = invitation == .onlyHere
    if let open = view.open {
      values["conversation"] =
        ConversationView(
          open: open,
          history: HistoryView(
            open: open, receipts: receipts, fragments: fragments, reader: sidebar.reader, now: now),
          lastSeen: lastSeen,
          isOnline: open.person.map { sidebar.online.users.contains($0.id) } ?? false,
          onlineCount: onlineCount, renews: renews,
          refused: refused, reply: reply
        ).view
      values["refreshSeconds"] = renews ? 30 : nil
    }
    return values
  }
}
