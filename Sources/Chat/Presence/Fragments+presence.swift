import Web

/// Passing events that tell who is online.
extension Fragments {
  /// One who is online or was last seen at a time; nil for not known.
  struct Person: Sendable {
    let id: User.ID
    let isOnline: Bool
    let lastSeen: Milliseconds?
  }

  func presence(_ people: some Sequence<Person>) -> String {
    let views = people.map { person in
      View([
        "userID": person.id,
        "presence": person.isOnline ? Sentence("online") : nil,
        "lastSeen": person.isOnline ? nil : person.lastSeen.map { Self.lastSeen($0) },
      ])
    }
    return render("fragments/presence", View(["people": views]))
  }

  /// How many members of a group are online.
  func online(_ count: Int, in group: Conversation.ID) -> String {
    render(
      "fragments/group-online", View(["key": "g\(group)", "online": MembersOnline.words(count)]))
  }

  /// Says of nobody whether they are online.
  var nobody: String { render("fragments/nobody", View([:])) }

  static func lastSeen(_ time: Milliseconds, _ reader: Clock = .utc) -> View {
    let time = Timestamp(time, reader)
    let words: [String: any Sendable] = ["day": time.day, "time": time.clock]
    return View([
      "iso": time.iso,
      "text": reader.zone == nil
        ? Sentence("{day} {time} UTC", words) : Sentence("{day} {time}", words),
    ])
  }

  func count(_ online: Int) -> String { render("fragments/count", View(["online": Self.online(online)])) }

  static func online(_ count: Int) -> Sentence {
    Sentence(one: "{count} online", other: "{count} online", count: count)
  }
}
