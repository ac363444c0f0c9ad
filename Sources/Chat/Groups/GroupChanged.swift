import GRDB
import Web

/// Something about the group itself is another: what it is called, how it looks, how many are in it, who may write.
/// `subject` is the conversation. Its fragment brings all that up to date wherever it stands.
struct GroupChanged: EventKind {
  static let name = "group.changed"

  let group: Group
  let faces: [User]
  /// Where nobody else writes.
  let administrators: Set<User.ID>

  static func append(_ group: Conversation.ID, at now: Milliseconds, in db: Database) throws {
    try Event.append(GroupChanged.self, audience: .members(of: group), subject: group, at: now, in: db)
  }

  static func load(_ event: Event, in db: Database) throws -> GroupChanged? {
    guard let group = try Group.find(event.subject, in: db) else { return nil }
    return GroupChanged(
      group: group, faces: group.picture == nil ? try GroupFaces.of([group.id], in: db)[group.id] ?? [] : [],
      administrators: group.writers == .everyone ? [] : try Role.administrators(of: group.id, in: db))
  }

  var isShared: Bool { group.writers == .everyone }

  func html(for reader: User.ID, _ fragments: Fragments, isOnline: (User.ID) -> Bool) -> String? {
    let mayWrite = group.writers == .everyone || administrators.contains(reader)
    return fragments.render(
      "fragments/group-changed",
      View([
        "id": group.id, "key": "g\(group.id)", "mayWrite": mayWrite, "readOnly": !mayWrite,
        "name": group.name, "picture": group.picture,
        "faces": GroupFaces.views(faces),
        "initials": Avatar.initials(of: group.name), "members": group.memberCountInWords,
      ]))
  }

  func arrive(at hub: isolated StreamHub) { hub.noteToCount(in: [group.id]) }
}

extension Group {
  var memberCountInWords: Sentence {
    Sentence(one: "{count} member", other: "{count} members", count: memberCount)
  }
}
