import GRDB

/// The act of making a group. Its maker is its first administrator.
struct GroupMaking: Sendable {
  let name: GroupName
  /// Who is in it from the start, beside its maker.
  var people: [User.ID] = []
  var access = Group.Access.invited
  var showsEarlier = false
  var picture: StoredImage?

  /// - Throws: ``GroupRefusal``.
  func make(by maker: User.ID, at now: Milliseconds, in db: Database) throws -> Conversation.ID {
    guard let user = try User.find(maker, in: db), !user.isDeleted else { throw ChatError.signedOut }
    let others = Set(people).subtracting([maker]).sorted()
    guard try Group.count(of: maker, in: db) < Group.maximumOfPerson else { throw GroupRefusal.tooManyOfMine }
    try GroupMembers.check(others, joining: 1, in: db)
    try db.execute(
      sql: """
        INSERT INTO conversation
          (kind, name, sort_name, folded_name, created_at, access, shows_earlier, made_after_message_id)
        VALUES ('group', ?1, sort_name(?1), folded_name(?1), ?2, ?3, ?4,
          ifnull((SELECT max(id) FROM message), 0))
        """, arguments: [name.text, now, access.rawValue, showsEarlier])
    let id = db.lastInsertedRowID
    if let picture {
      try Attachment.add(picture, pictureOf: id, at: now, in: db)
      try db.execute(
        sql: "UPDATE conversation SET picture = ? WHERE id = ?", arguments: [picture.name, id])
    }
    try Membership.begin(of: maker, in: id, as: .administrator, at: now, in: db)
    for person in others { try Membership.begin(of: person, in: id, at: now, in: db) }
    try GroupLine.append(.made, by: maker, in: id, at: now, db: db)
    if !others.isEmpty { try GroupMembers.tell(.added, by: maker, about: others, in: id, at: now, db: db) }
    return id
  }
}
