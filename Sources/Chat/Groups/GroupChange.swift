import GRDB

/// The act of changing what a group is: what is nil stays.
struct GroupChange: Sendable {
  enum Picture: Sendable {
    case none
    case some(StoredImage)
  }

  var name: GroupName?
  var description: GroupDescription?
  var picture: Picture?
  var access: Group.Access?
  var showsEarlier: Bool?
  var writers: Group.Writers?

  /// - Returns: the names of files that nothing shows any more, to be removed once this is durable.
  /// - Throws: ``ChatError/notFound`` where `actor` is no member, else ``GroupRefusal``; then nothing has changed.
  func apply(
    to id: Conversation.ID, by actor: User.ID, at now: Milliseconds, in db: Database
  ) throws -> [String] {
    let before = try GroupMembers.administered(id, by: actor, in: db)
    if showsEarlier == true, !before.showsEarlier { throw GroupRefusal.onlyToShowLess }
    var removed: [String] = []
    var picture = before.picture
    if let change = self.picture {
      picture = if case .some(let image) = change { image.name } else { nil }
      if let old = before.picture {
        try Attachment.delete(old, in: db)
        removed.append(old)
      }
      if case .some(let image) = change { try Attachment.add(image, pictureOf: id, at: now, in: db) }
    }
    if showsEarlier == false, before.showsEarlier {
      // Those who are here have seen it.
      try db.execute(
        sql: "UPDATE member SET after_message_id = 0, after_event_id = 0 WHERE conversation_id = ?",
        arguments: [id])
    }
    let name = name?.text ?? before.name
    try db.execute(
      sql: """
        UPDATE conversation SET name = ?2, sort_name = sort_name(?2), folded_name = folded_name(?2),
          description = ?3, picture = ?4, access = ?5, shows_earlier = ?6, writers = ?7 WHERE id = ?1
        """,
      arguments: [
        id, name, description?.text ?? before.description, picture, (access ?? before.access).rawValue,
        showsEarlier ?? before.showsEarlier, (writers ?? before.writers).rawValue,
      ])
    guard try Group.find(id, in: db) != before else { return removed }
    if name != before.name { try GroupLine.append(.renamed, by: actor, text: name, in: id, at: now, db: db) }
    try GroupChanged.append(id, at: now, in: db)
    return removed
  }
}

extension Group {
  /// A group's picture whose file is gone is its picture no longer.
  static func takeDown(picture: String, at now: Milliseconds, in db: Database) throws {
    let group = try Conversation.ID.fetchOne(
      db,
      sql: """
        SELECT conversation.id FROM attachment JOIN conversation ON conversation.id = attachment.conversation_id
        WHERE attachment.name = ?1 AND attachment.kind = 'group picture' AND conversation.picture = ?1
        """, arguments: [picture])
    guard let group else { return }
    try db.execute(sql: "UPDATE conversation SET picture = NULL WHERE id = ?", arguments: [group])
    try Attachment.delete(picture, in: db)
    try GroupChanged.append(group, at: now, in: db)
  }
}
