import GRDB

/// Finds who is meant in a text: `@` and a member's name, typed in full, where exactly one member has it; `@all` for all.
struct MentionReading: Sendable {
  let group: Conversation.ID
  /// Whom a list was asked for and chosen from: of several with one name it is that one, or where more of them were
  /// chosen each in its turn.
  let chosen: [User.ID]
  let mayMeanAll: Bool

  /// How many members a first word may fit; past that none of them is meant.
  private static let candidates = 200
  /// So often a name is looked up in one text.
  private static let tries = 100

  func mentions(in text: String, db: Database) throws -> [Mention] {
    guard text.unicodeScalars.contains("@") else { return [] }
    let markup = Markup(text)
    let scalars = markup.scalars
    var chosen = chosen
    var unspoken = markup.unspoken[...]
    var found: [Mention] = []
    var (place, tries) = (0, 0)
    while let at = scalars[place...].firstIndex(of: "@"), found.count < Mention.most, tries < Self.tries {
      place = at + 1
      // An address has something before it.
      while let range = unspoken.first, range.upperBound <= at { unspoken.removeFirst() }
      guard unspoken.first?.contains(at) != true else { continue }
      guard at == 0 || !Self.isOfWord(scalars[at - 1]) else { continue }
      tries += 1
      guard let mention = try mention(at: at, in: scalars, &chosen, db: db) else { continue }
      found.append(mention)
      place = mention.start + mention.length
    }
    return found
  }

  private func mention(at start: Int, in scalars: [Unicode.Scalar], _ chosen: inout [User.ID], db: Database)
    throws -> Mention?
  {
    let rest = scalars[(start + 1)...].prefix(FullName.maximumScalars + 1)
    let after = String(String.UnicodeScalarView(rest))
    if mayMeanAll, Self.begins(rest, with: "all") { return Mention(user: nil, start: start, length: 4) }
    guard let word = after.split(whereSeparator: \.isWhitespace).first, !after.hasPrefix(" "),
      let question = FoldedName.question(String(word.prefix(32)))
    else { return nil }
    let members = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT \(User.columns("user")) FROM user
          WHERE id IN (SELECT rowid FROM user_name WHERE user_name MATCH ?2)
            AND EXISTS (SELECT 1 FROM member WHERE conversation_id = ?1 AND user_id = user.id)
          LIMIT ?3
          """), arguments: [group, question, Self.candidates]
    ).map { User($0) }.filter { Self.begins(rest, with: $0.fullName) }
    guard let length = members.map({ $0.fullName.unicodeScalars.count }).max() else { return nil }
    let longest = members.filter { $0.fullName.unicodeScalars.count == length }
    let turns = chosen.indices.filter { index in longest.contains { $0.id == chosen[index] } }
    let meant = turns.first.map { chosen[$0] }
    guard let user = longest.count == 1 ? longest.first : longest.first(where: { $0.id == meant }) else {
      return nil
    }
    // The last one is meant as often as the name is typed.
    if turns.count > 1, let turn = turns.first { chosen.remove(at: turn) }
    return Mention(user: user, start: start, length: length + 1)
  }

  /// Whether a text begins with a name, in whatever case, and does not go on with a letter.
  private static func begins(_ text: ArraySlice<Unicode.Scalar>, with name: String) -> Bool {
    let count = name.unicodeScalars.count
    guard text.count >= count else { return false }
    let start = String(String.UnicodeScalarView(text.prefix(count)))
    guard start.lowercased() == name.lowercased() else { return false }
    return text.dropFirst(count).first.map { !isOfWord($0) } ?? true
  }

  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "_" || scalar == "@"
  }
}
