import Web

/// The HTML that events carry: wrappers that say where their content belongs, around what the page would
/// hold, from the same templates as the page.
struct Fragments: Sendable {
  let templates: Templates

  func posted(
    messageHTML: String, conversationKey: String, row: SidebarRow, viewer: User.ID?, isOnline: Bool
  ) -> String {
    let view = View([
      "key": conversationKey,
      "message": messageHTML,
      "row": row.view(viewer: viewer, isOnline: isOnline, isCurrent: false),
    ])
    return templates.render("fragments/posted", view)
  }

  func read(rowKey: String, through: Message.ID, unread: Int) -> String {
    templates.render(
      "fragments/read",
      View(["key": rowKey, "message": through, "unread": ReadMark.text(unread)]))
  }

  /// It is the same for everyone, so whether they are online, which not everyone may see, comes as an event
  /// of its own.
  func personNew(_ user: User) -> String {
    let row = SidebarRow.person(user).view(viewer: nil, isOnline: false, isCurrent: false)
    return templates.render("fragments/person-new", View(["row": row]))
  }

  func personChanged(_ user: User) -> String {
    templates.render(
      "fragments/person-changed",
      View([
        "userID": user.id, "name": user.fullName, "picture": user.picture,
        "initials": user.initials,
      ]))
  }

  func personGone(_ user: User.ID, keepsMessages: Bool) -> String {
    templates.render(
      "fragments/person-gone",
      View([
        "userID": user, "name": User.deletedName, "keepsMessages": keepsMessages,
        "deleted": Message.deletedText,
      ]))
  }

  /// One who is online or was last seen at a time; nil for not known.
  struct Person: Sendable {
    let id: User.ID
    let isOnline: Bool
    let lastSeen: Milliseconds?
  }

  func presence(_ people: [Person]) -> String {
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
