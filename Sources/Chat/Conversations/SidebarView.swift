import Web

/// The sidebar as its templates see it.
struct SidebarView: Sendable, Hashable {
  let sidebar: Sidebar
  let question: Sidebar.Question
  let path: String
  let viewer: User.ID
  let current: Conversation.ID?
  let currentPerson: User.ID?
  /// Of the people that the page shows.
  let online: OnlinePeople
  let reader: Reader

  /// - Parameter now: by the reader's clock, what decides between time of day and date.
  func values(_ fragment: RowFragment, now: Timestamp) -> [String: (any Sendable)?] {
    let rows = sidebar.rows.map { row in
      let isCurrent =
        row.conversation.map { $0 == current } ?? (row.person.map { $0.id == currentPerson } ?? false)
      return fragment.html(
        row, viewer: viewer, isOnline: row.person.map { online.users.contains($0.id) } ?? false,
        isCurrent: isCurrent, for: reader, now: now)
    }
    return [
      "path": path,
      "find": question.find,
      "onlineOnly": question.onlineOnly,
      "filtered": question.isFiltered || question.findsNothing,
      "rows": rows,
      "more": sidebar.next.map { address(from: $0) },
      "backToTop": question.start == .top ? nil : address(from: .top),
      "hidden": question.onlineOnly && online.isHidden,
      "noResult": noResult,
      "online": online.count.map { Fragments.online($0) },
    ]
  }

  private var noResult: Sentence? {
    guard sidebar.rows.isEmpty, question.start == .top else { return nil }
    if !question.words.isEmpty || question.findsNothing { return Sentence("Nobody by that name.") }
    return question.onlineOnly ? Sentence("No users online.") : Sentence("Nobody else is here yet.")
  }

  private func address(from start: Sidebar.Start) -> String {
    var parts: [String] = []
    if start != .top { parts.append("start=" + URLQuery.encoded(start.text)) }
    if !question.find.isEmpty { parts.append("find=" + URLQuery.encoded(question.find)) }
    if question.onlineOnly { parts.append("online=1") }
    return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
  }
}
