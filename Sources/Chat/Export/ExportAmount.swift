import GRDB
import Web

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
      db, sql: "SELECT count(*) FROM message WHERE \(condition) AND line IS NULL", arguments: [conversation])
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
  var words: Sentence {
    let messages = Sentence(one: "{count} message", other: "{count} messages", count: messages)
    guard images > 0 else { return messages }
    return .list([messages, Sentence(one: "{count} image", other: "{count} images", count: images)])
  }

  /// `about 340 MB`, in millions of bytes as file managers count.
  var size: Sentence {
    let megabytes = Int(bytes / 1_000_000)
    return switch megabytes {
    case 0: Sentence("less than 1 MB")
    case ..<1_000: Sentence("about {size} MB", ["size": megabytes])
    default: Sentence("about {size} GB", ["size": Double(megabytes / 100) / 10])
    }
  }
}
