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
        "presence": person.isOnline ? "online" : nil,
        "lastSeen": person.isOnline ? nil : person.lastSeen.map { Self.lastSeen($0) },
      ])
    }
    return templates.render("fragments/presence", View(["people": views]))
  }

  /// Says of nobody whether they are online.
  var nobody: String { templates.render("fragments/nobody", View([:])) }

  static func lastSeen(_ time: Milliseconds, _ reader: Clock = .utc) -> View {
    let time = Timestamp(time, reader)
    let zone = reader.zone == nil ? " UTC" : ""
    return View(["iso": time.iso, "text": "\(time.day) \(time.clock)\(zone)"])
  }

  func count(_ online: Int) -> String {
    templates.render("fragments/count", View(["online": online]))
  }
}
