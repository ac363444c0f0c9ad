import GRDB
import Web

/// How many members of a group are online, on its pages and, while they are open, on them again when somebody comes
/// or goes. Who is in a group is read once, until something in it changes. Bounded in bytes.
struct MembersOnline: Sendable {
  private struct Kept: Sendable {
    let stamp: PageChanges.Stamp
    let members: [User.ID]
  }

  /// Of so many groups the count is told at once, about a second apart; the others come in their turn.
  private static let groupsAtOnce = 20
  /// The groups of so many people are looked up at once.
  private static let peopleAtOnce = 200

  private let database: ChatDatabase
  private let board: PresenceBoard
  private let kept = BoundedCache<Conversation.ID, Kept>(maximumBytes: 4 << 20)

  init(database: ChatDatabase, board: PresenceBoard) {
    self.database = database
    self.board = board
  }

  /// - Returns: 0 for a viewer who hides, too.
  func count(of group: Conversation.ID, seenBy viewer: User.ID) async throws -> Int {
    board.onlineCount(among: try await members(of: group), seenBy: viewer)
  }

  /// Tells those who listen how many are online in the groups where that may have changed.
  func tell(through hub: StreamHub) async {
    let cameOrWent = await hub.takeCameOrWent(Self.peopleAtOnce)
    do {
      if !cameOrWent.isEmpty {
        await hub.noteToCount(in: try await database.read { try Group.ids(of: cameOrWent, in: $0) })
      }
      for group in await hub.takeGroupsToCount(Self.groupsAtOnce) {
        await hub.tell(online: board.onlineCount(among: try await members(of: group)), in: group)
      }
    } catch {
      // Where the database cannot be read now, it is tried again.
      await hub.noteCameOrWent(cameOrWent)
    }
  }

  private func members(of group: Conversation.ID) async throws -> [User.ID] {
    func load() async throws -> [User.ID] {
      try await database.read { try Group.members(of: group, in: $0) }
    }
    guard database.knowsNewest else { return try await load() }
    let stamp = database.pages.stamp(of: group)
    if let kept = kept.value(for: group), kept.stamp == stamp { return kept.members }
    let members = try await load()
    kept.keep(Kept(stamp: stamp, members: members), for: group, bytes: 128 + members.count * 8)
    return members
  }

  /// Empty where there are none.
  static func words(_ count: Int) -> Sentence? { count == 0 ? nil : Fragments.online(count) }
}

extension Group {
  /// Everyone in it, in no order.
  static func members(of group: Conversation.ID, in db: Database) throws -> [User.ID] {
    try User.ID.fetchAll(
      db.cachedStatement(sql: "SELECT user_id FROM member WHERE conversation_id = ?"), arguments: [group])
  }

  /// Those that any of these people is in.
  static func ids(of people: Set<User.ID>, in db: Database) throws -> [Conversation.ID] {
    try Conversation.ID.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT DISTINCT member.conversation_id FROM json_each(?) JOIN member ON member.user_id = value
          JOIN conversation ON conversation.id = member.conversation_id AND conversation.kind = 'group'
          """), arguments: [GroupMembers.list(people)])
  }
}
