import Foundation
import GRDB
import Web

/// The message that another one answers, and the line of it that stands above the answer.
struct Quote: Sendable, Hashable {
  /// What is shown of it, as it is today.
  struct Original: Sendable, Hashable {
    let author: User
    let text: String
    let attachmentCount: Int
    let deletedBy: Message.Deleter?
    /// What was chosen of it.
    var stretch = Stretch()

    init(_ message: Message) {
      author = message.author
      text = message.text
      attachmentCount = message.attachments.count
      deletedBy = message.deletedBy
    }

    init(_ row: Row) {
      author = User(row, "author")
      text = row["text"]
      attachmentCount = row["attachment_count"]
      deletedBy = (row["deleted_by"] as String?).flatMap { Message.Deleter(rawValue: $0) }
    }

    /// What stands for it. It is read out of the text only where it is shown, since most answers have been rendered before.
    var words: Sentence {
      let line = Quote.line(of: text, stretch)
      if !line.isEmpty { return .verbatim(line) }
      return switch attachmentCount {
      case 0: deletedBy.map { $0.sentence } ?? Message.deletedText
      case 1: Sentence("Photo")
      default: Sentence(one: "{count} photo", other: "{count} photos", count: attachmentCount)
      }
    }
  }

  let message: Message.ID
  /// Nil where it is no longer there, or not for its reader to see.
  private(set) var original: Original?

  /// The most characters that the line shows.
  private static let characters = 160

  /// The same for one who may not see what is answered.
  var hidden: Quote { Quote(message: message, original: nil) }

  /// A stretch of the plain text of a message, in Unicode scalars; empty for all of it.
  struct Stretch: Sendable, Hashable {
    var start = 0
    var length = 0

    /// Where `chosen` stands in a text, as far as white space goes that a page shows otherwise.
    init?(of chosen: String, in plain: String) {
      let wanted = chosen.trimmingCharacters(in: .whitespacesAndNewlines)
      guard !wanted.isEmpty, let range = plain.range(of: wanted, options: .literal) else { return nil }
      start = plain.unicodeScalars.distance(from: plain.startIndex, to: range.lowerBound)
      length = plain.unicodeScalars.distance(from: range.lowerBound, to: range.upperBound)
    }

    init(start: Int = 0, length: Int = 0) { (self.start, self.length) = (start, length) }

    func of(_ plain: String) -> String {
      guard length > 0 else { return plain }
      return String(String.UnicodeScalarView(plain.unicodeScalars.dropFirst(start).prefix(length)))
    }
  }

  /// What the messages answer, by their ids.
  /// - Parameter answers: what each answers, and which stretch of it.
  static func all(
    of answers: [Message.ID: (message: Message.ID, stretch: Stretch)], in db: Database
  ) throws -> [Message.ID: Quote] {
    guard !answers.isEmpty else { return [:] }
    let rows = try Row.map(
      db.cachedStatement(
        sql: """
          SELECT message.id, message.text, message.attachment_count, message.deleted_by, \(User.columns("author"))
          FROM json_each(?) JOIN message ON message.id = value JOIN user AS author ON author.id = message.author_id
          """), [GroupMembers.list(Set(answers.values.map(\.message)))]
    ) { ($0["id"] as Message.ID, Original($0)) }
    let found = Dictionary(rows) { first, _ in first }
    return answers.mapValues { answer in
      var original = found[answer.message]
      original?.stretch = answer.stretch
      return Quote(message: answer.message, original: original)
    }
  }

  /// The most answers that are told at once of what they show.
  private static let mostAnswers = 200

  /// The answers to a message that show a stretch of it, by their ids.
  static func stretches(of message: Message.ID, in db: Database) throws -> [Message.ID: Quote] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, quote_start, quote_length FROM message
          WHERE reply_to = ? AND quote_length > 0 AND (text <> '' OR attachment_count > 0)
          ORDER BY id DESC LIMIT ?
          """), arguments: [message, mostAnswers])
    let answers = rows.map { row -> (Message.ID, (message: Message.ID, stretch: Stretch)) in
      (row["id"], (message, Stretch(start: row["quote_start"], length: row["quote_length"])))
    }
    return try all(of: Dictionary(answers) { first, _ in first }, in: db)
  }

  private static func line(of text: String, _ stretch: Stretch) -> String {
    let words = stretch.of(Markup(text).plain).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return String(words.prefix(characters))
  }

  /// Those that answer a message show the start of it from now on.
  static func forgetStretches(of message: Message.ID, in db: Database) throws {
    try db.cachedStatement(
      sql: "UPDATE message SET quote_start = 0, quote_length = 0 WHERE reply_to = ? AND quote_length > 0"
    ).execute(arguments: [message])
  }
}
