/// What is asked of the list of conversations and people.
extension Sidebar {
  /// Where a page starts; as text in an address.
  enum Start: Sendable, Hashable {
    case top
    /// After the conversation of this id, which stands at this message.
    case conversationsBefore(Message.ID, Conversation.ID)
    /// After the person with this name and id.
    case peopleAfter(name: String, User.ID)

    init(_ text: String) {
      let parts = text.split(separator: ".", maxSplits: 1)
      let numbers = text.split(separator: "-").compactMap { Int64($0) }
      if parts.count == 2, let id = User.ID(parts[0]) {
        self = .peopleAfter(name: String(parts[1]), id)
      } else if parts.count == 1, numbers.count == 2 {
        self = .conversationsBefore(numbers[0], numbers[1])
      } else {
        self = .top
      }
    }

    var text: String {
      switch self {
      case .top: ""
      case .conversationsBefore(let message, let id): "\(message)-\(id)"
      case .peopleAfter(let name, let id): "\(id).\(name)"
      }
    }
  }

  /// Which part of the list is shown.
  enum Part: String, Sendable, CaseIterable {
    case all = ""
    case unread, groups
  }

  /// What is asked for.
  struct Question: Sendable, Hashable {
    /// Nothing: the start of the whole list.
    static let all = Question()

    var part = Part.all
    var find = ""
    var onlineOnly = false
    var start = Start.top

    var isFiltered: Bool { part != .all || onlineOnly || names != nil }

    /// What the index of names is asked for; nil where all are meant.
    var names: String? { FoldedName.question(find) }

    /// Something was typed of which nothing can be searched for, such as only punctuation.
    var findsNothing: Bool {
      names == nil && find.unicodeScalars.contains { !$0.properties.isWhitespace }
    }
  }
}
