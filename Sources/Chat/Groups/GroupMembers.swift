import GRDB

/// The acts on who is in a group and what they may do there. Each is a function of the database and of who does it, and
/// decides whether they may.
enum GroupMembers {
  /// What administrators do with people.
  enum Action: String, Sendable {
    case add, remove, promote, demote
  }

  /// One of them, with all of these people or with none. Those who are that already stay what they are.
  /// - Throws: ``ChatError/notFound`` where `actor` is no member, else ``GroupRefusal``; then nothing has changed.
  static func act(
    _ action: Action, on people: [User.ID], in group: Conversation.ID, by actor: User.ID,
    at now: Milliseconds,
    db: Database
  ) throws {
    let found = try administered(group, by: actor, in: db)
    let hasChanged =
      switch action {
      case .add: try add(people, to: found, by: actor, at: now, in: db)
      case .remove: try remove(people, from: group, by: actor, at: now, in: db)
      case .promote: try setRole(.administrator, of: people, in: group, db: db)
      case .demote: try setRole(.member, of: people, in: group, db: db)
      }
    if hasChanged { try GroupChanged.append(group, at: now, in: db) }
  }

  private static func add(
    _ people: [User.ID], to group: Group, by actor: User.ID, at now: Milliseconds, in db: Database
  ) throws -> Bool {
    let members = Set(
      try User.ID.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT user_id FROM member WHERE conversation_id = ?1
              AND user_id IN (SELECT value FROM json_each(?2))
            """), arguments: [group.id, list(people)]))
    let new = Set(people).subtracting(members).sorted()
    guard !new.isEmpty else { return false }
    try check(new, joining: group.memberCount, in: db)
    for person in new { try Membership.begin(of: person, in: group.id, at: now, in: db) }
    try tell(.added, by: actor, about: new, in: group.id, at: now, db: db)
    return true
  }

  /// Who takes themselves out leaves.
  private static func remove(
    _ people: [User.ID], from group: Conversation.ID, by actor: User.ID, at now: Milliseconds, in db: Database
  ) throws -> Bool {
    let removed = try people.filter { person in
      try person != actor && Membership.end(of: person, in: group, at: now, in: db)
    }
    if !removed.isEmpty { try tell(.removed, by: actor, about: removed, in: group, at: now, db: db) }
    if people.contains(actor) { try leave(group, by: actor, at: now, in: db) }
    return !removed.isEmpty
  }

  private static func setRole(
    _ role: Role, of people: [User.ID], in group: Conversation.ID, db: Database
  ) throws -> Bool {
    var hasChanged = false
    for person in people {
      guard try Role.of(person, in: group, db: db) != nil else {
        throw GroupRefusal.notMember(name: try User.find(person, in: db)?.name ?? User.deletedName)
      }
      guard try Role.set(role, of: person, in: group, db: db) else { continue }
      _ = try Role.succeed(in: group, former: person, db: db)
      hasChanged = true
    }
    return hasChanged
  }

  /// Comes into an open group. One who is in it already stays what they are.
  /// - Throws: ``ChatError/notFound`` where they may not know of it.
  static func join(_ group: Conversation.ID, by user: User.ID, at now: Milliseconds, in db: Database) throws {
    guard let found = try Group.find(group, in: db) else { throw ChatError.notFound }
    guard try Role.of(user, in: group, db: db) == nil else { return }
    guard found.access == .open, found.memberCount > 0 else { throw ChatError.notFound }
    guard try Group.count(of: user, in: db) < Group.maximumOfPerson else { throw GroupRefusal.tooManyOfMine }
    guard found.memberCount < Group.maximumMembers else { throw GroupRefusal.tooManyMembers }
    try Membership.begin(of: user, in: group, at: now, in: db)
    try GroupLine.append(.joined, by: user, about: [user], in: group, at: now, db: db)
    try GroupChanged.append(group, at: now, in: db)
  }

  /// - Throws: ``ChatError/notFound`` where they are no member.
  static func leave(_ group: Conversation.ID, by user: User.ID, at now: Milliseconds, in db: Database) throws
  {
    guard try Group.find(group, in: db) != nil, try Membership.end(of: user, in: group, at: now, in: db)
    else {
      throw ChatError.notFound
    }
    try GroupLine.append(.left, by: user, about: [user], in: group, at: now, db: db)
    _ = try Role.succeed(in: group, former: user, db: db)
    try GroupChanged.append(group, at: now, in: db)
  }

  /// As ``leave(_:by:at:in:)`` does, out of all groups that a person is in.
  static func leaveAll(of user: User.ID, at now: Milliseconds, in db: Database) throws {
    let groups = try Conversation.ID.fetchAll(
      db,
      sql: """
        SELECT member.conversation_id FROM member JOIN conversation ON conversation.id = member.conversation_id
        WHERE member.user_id = ? AND conversation.kind = 'group'
        """, arguments: [user])
    for group in groups { try leave(group, by: user, at: now, in: db) }
  }

  /// The group, where `actor` sees to it.
  /// - Throws: ``ChatError/notFound`` where they are no member, ``GroupRefusal/onlyAdministrators``.
  static func administered(_ group: Conversation.ID, by actor: User.ID, in db: Database) throws -> Group {
    guard let found = try Group.find(group, in: db), let role = try Role.of(actor, in: group, db: db) else {
      throw ChatError.notFound
    }
    guard role == .administrator else { throw GroupRefusal.onlyAdministrators }
    return found
  }

  /// That all these people can come into a group of so many.
  static func check(_ people: [User.ID], joining count: Int, in db: Database) throws {
    guard count + people.count <= Group.maximumMembers else { throw GroupRefusal.tooManyMembers }
    let known =
      try Int.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT count(*) FROM json_each(?) JOIN user ON user.id = value AND user.full_name <> ''
            """), arguments: [list(people)]) ?? 0
    guard known == people.count else { throw GroupRefusal.unknownPeople(people.count - known) }
    let full = try User.ID.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT value FROM json_each(?1) JOIN group_count ON group_count.user_id = value
          WHERE groups >= ?2 LIMIT 1
          """), arguments: [list(people), Group.maximumOfPerson])
    if let full, let user = try User.find(full, in: db) { throw GroupRefusal.tooManyGroups(name: user.name) }
  }

  /// Writes lines about people, as many as they need.
  static func tell(
    _ kind: GroupLine.Kind, by actor: User.ID, about people: [User.ID], in group: Conversation.ID,
    at now: Milliseconds, db: Database
  ) throws {
    for start in stride(from: 0, to: people.count, by: GroupLine.maximumPeople) {
      let some = Array(people[start..<min(people.count, start + GroupLine.maximumPeople)])
      try GroupLine.append(kind, by: actor, about: some, in: group, at: now, db: db)
    }
  }

  static func list(_ people: some Sequence<User.ID>) -> String {
    "[" + people.map(String.init).joined(separator: ",") + "]"
  }
}
