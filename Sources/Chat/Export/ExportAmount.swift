import GRDB

/// How much there is of messages and their images.
struct ExportAmount: Sendable, Equatable {
  var messages = 0
  var images = 0
  /// Of the images.
  var bytes: Int64 = 0

  /// Of what `sight` shows of a conversation.
  static func of(_ conversation: Conversation.ID, _ sight: Sight, in db: Database) throws -> ExportAmount {
    let condition = "message.conversation_id = ? AND \(sight.condition("message.id"))"
    let messages = try Int.fetchOne(
      db, sql: "SELECT count(*) FROM message WHERE \(condition)", arguments: [conversation])
    let images = try Row.fetchOne(
      db,
      sql: """
        SELECT count(*) AS images, coalesce(sum(bytes), 0) AS bytes FROM message
        JOIN attachment ON attachment.message_id = message.id WHERE \(condition)
        """, arguments: [conversation])
    return ExportAmount(
      messages: messages ?? 0, images: images?["images"] ?? 0, bytes: images?["bytes"] ?? 0)
  }

  static func + (one: ExportAmount, other: ExportAmount) -> ExportAmount {
    ExportAmount(
      messages: one.messages + other.messages, images: one.images + other.images,
      bytes: one.bytes + other.bytes)
  }

  /// `12,000 messages and 1 image`
  var words: String {
    let messages = Self.counted(messages, "message")
    return images == 0 ? messages : "\(messages) and \(Self.counted(images, "image"))"
  }

  /// `about 340 MB`, in millions of bytes as file managers count.
  var size: String {
    let megabytes = bytes / 1_000_000
    switch megabytes {
    case 0: return "less than 1 MB"
    case ..<1_000: return "about \(megabytes) MB"
    default: return "about \(megabytes / 1_000).\(megabytes % 1_000 / 100) GB"
    }
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// `12,000`
  static func grouped(_ count: Int) -> String {
    let digits = Array(String(count))
    return digits.indices.reduce(into: "") { text, place in
      if place > 0, (digits.count - place) % 3 == 0 { text += "," }
      text.append(digits[place])
    }
  }
}
