import Web

/// The sidebar as its templates see it.
struct SidebarView: Sendable, Hashable {
  let sidebar: Sidebar
  let question: Sidebar.Question
  let path: String
  let viewer: User.ID
  let current: Conversation.ID?
  let currentPerson: User.ID?
  /// Opening a conversation reads it.
  let isCurrentRead: Bool
  /// Of the people that the page shows.
  let online: OnlinePeople
  let reader: Reader

  /// - Parameter now: by the reader's clock, what decides between time of day and date.
  func values(_ fragment: RowFragment, now: Timestamp) -> [String: (any Sendable)?] {
    let rows = sidebar.rows.map { row in
      let isCurrent =
        row.conversation.map { $0 == current } ?? (row.person.map { $0.id == currentPerson } ?? false)
      var row = row
      if isCurrent, isCurrentRead { (row.unread, row.mentionsViewer) = (0, false) }
      return fragment.html(
        row, viewer: viewer, isOnline: row.person.map { online.users.contains($0.id) } ?? false,
        isCurrent: isCurrent, for: reader, now: now)
    }
    return [
      "path": path,
      "parts": parts,
      "show": question.part == .all ? nil : question.part.rawValue,
      "groupsOnly": question.part == .groups,
      "find": question.find,
      "onlineOnly": question.onlineOnly,
      "filtered": question.isFiltered || question.findsNothing,
      "rows": rows,
      "more": sidebar.next.map { address(from: $0) },
      "backToTop": question.start == .top ? nil : address(from: .top),
      "hidden": question.onlineOnly && online.isHidden,
      "noResult": sidebar.rows.isEmpty ? emptiness : nil,
      "ifEmptied": sidebar.rows.isEmpty ? nil : emptiness,
      "online": online.count.map { Fragments.online($0) },
    ]
  }

  /// The small tabs above the list.
  private var parts: [View] {
    Sidebar.Part.allCases.map { part in
      let word =
        switch part {
        case .all: Sentence("All", in: "conversations")
        case .unread: Sentence("Unread", in: "conversations")
        case .groups: Sentence("Groups")
        }
      return View([
        "kind": part == .all ? "all" : part.rawValue, "word": word, "address": address(of: part),
        "current": part == question.part,
      ])
    }
  }

  /// What a list without rows says.
  private var emptiness: Sentence? {
    guard question.start == .top else { return nil }
    if question.names != nil || question.findsNothing { return Sentence("Nobody by that name.") }
    if question.onlineOnly { return Sentence("Nobody is online.") }
    return switch question.part {
    case .all: Sentence("Nobody else is here yet.")
    case .unread: Sentence("You have read everything.")
    case .groups: Sentence("You are not in any groups yet.")
    }
  }

  private func address(from start: Sidebar.Start = .top, of part: Sidebar.Part? = nil) -> String {
    var parts: [String] = []
    let part = part ?? question.part
    if start != .top { parts.append("start=" + URLQuery.encoded(start.text)) }
    if part != .all { parts.append("show=" + part.rawValue) }
    if !question.find.isEmpty { parts.append("find=" + URLQuery.encoded(question.find)) }
    if question.onlineOnly { parts.append("online=1") }
    return parts.isEmpty ? path : path + "?" + parts.joined(separator: "&")
  }
}
