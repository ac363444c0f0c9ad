import GRDB
import Web

/// A choice of people in a form: those who are chosen, and those to choose from. It works without modules with however
/// many there are: find, tick, find again; those who are ticked stay.
struct PeopleChoice: Sendable {
  /// So many are shown to choose from.
  static let size = 30

  /// What the form calls its field.
  let field: String
  let find: String
  let chosen: [User]
  let candidates: [User]
  /// Whether there are more than are shown.
  let hasMore: Bool

  /// - Parameters:
  ///   - chosen: as they came from the form; who is no user is left out, see ``GroupMembers/check(_:joining:in:)``.
  ///   - conversation: its members are left out.
  static func load(
    field: String, find: String, chosen: [User.ID], without viewer: User.ID, conversation: Conversation.ID?,
    in db: Database
  ) throws -> PeopleChoice {
    let people = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(User.columns("person")) FROM json_each(?) JOIN user AS person ON person.id = value
          WHERE person.full_name <> '' ORDER BY key
          """), arguments: [GroupMembers.list(chosen)]
    ).map { User($0, "person") }
    var condition = ""
    var arguments: StatementArguments = [viewer, conversation, GroupMembers.list(chosen), size + 1]
    if let names = FoldedName.question(find) {
      condition = "AND id IN (SELECT rowid FROM user_name WHERE user_name MATCH ?5)"
      arguments += [names]
    } else if find.contains(where: { !$0.isWhitespace }) {
      condition = "AND false"
    }
    let candidates = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(User.columns("user")) FROM user WHERE sort_name > '' AND id <> ?1
            AND id NOT IN (SELECT value FROM json_each(?3))
            AND NOT EXISTS (SELECT 1 FROM member WHERE conversation_id = ?2 AND user_id = user.id) \(condition)
          ORDER BY sort_name, id LIMIT ?4
          """), arguments: arguments
    ).map { User($0) }
    return PeopleChoice(
      field: field, find: find, chosen: people, candidates: Array(candidates.prefix(size)),
      hasMore: candidates.count > size)
  }

  func values(isOnline: (User.ID) -> Bool) -> [String: (any Sendable)?] {
    func view(_ user: User, isChosen: Bool) -> View {
      View([
        "id": user.id, "checked": isChosen, "field": field, "name": user.name, "picture": user.picture,
        "initials": user.initials, "colour": Avatar.colour(of: user.id),
        "presence": !isChosen && isOnline(user.id) ? Sentence("online") : nil,
      ])
    }
    return [
      "chosen": chosen.map { view($0, isChosen: true) },
      "candidates": candidates.map { view($0, isChosen: false) },
      "nobody": candidates.isEmpty
        ? find.isEmpty ? Sentence("Nobody else is here yet.") : Sentence("Nobody by that name.") : nil,
      "hasMore": hasMore,
      "findPeople": find,
    ]
  }
}
