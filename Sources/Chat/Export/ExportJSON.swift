import Foundation
import NIOCore
import Web

/// The files for programs. Keys are as the properties here, those without a value are left out, times are
/// ISO 8601 in UTC, and what comes next is only ever added.
enum ExportJSON {
  /// `profile.json`
  struct Profile: Encodable {
    let id: User.ID
    let fullName: String
    let email: String
    let memberSince: String
    /// The path of its file.
    let picture: String?
  }

  struct Person: Encodable {
    let id: User.ID
    let fullName: String

    init(_ user: User, in language: Language) {
      id = user.id
      fullName = language.text(user.name)
    }
  }

  /// `conversations.json` holds one of these each.
  struct Conversation: Encodable {
    let id: Chat.Conversation.ID
    /// `direct` or `group`
    let kind: String
    let name: String
    let createdAt: String
    /// At most a hundred of them.
    let people: [Person]
    let memberCount: Int
    let messageCount: Int
    let imageCount: Int
    /// The ids of pinned messages.
    let pinned: [Chat.Message.ID]
    /// The path of the first file of its messages; each names the next one.
    let messages: String
  }

  /// `conversations/ID/NUMBER.json` has them in `messages`, oldest first, beside `conversation`, its id, and
  /// `next`, the path of the file that follows.
  struct Message: Encodable {
    let id: Chat.Message.ID
    let author: Person
    let sentAt: String
    let text: String
    /// What happened in a group, in place of a text.
    let line: String?
    let editedAt: String?
    /// The id of the message that it answers.
    let replyTo: Chat.Message.ID?
    let reactions: [Reaction]?
    let images: [Image]
  }

  struct Reaction: Encodable {
    let emoji: String
    /// Their ids.
    let users: [User.ID]
  }

  struct Image: Encodable {
    /// The path of its file; left out where that is no longer on the server.
    let file: String?
    let mediaType: String
    let width: Int?
    let height: Int?
    let bytes: Int
    let alt: String
  }

  static func encoded(_ value: some Encodable) throws -> ByteBuffer {
    ByteBuffer(data: try encoder.encode(value))
  }

  /// `settings.json`, whose keys are those of the parts of the settings.
  static func settings(_ settings: [ExportedSetting]) throws -> ByteBuffer {
    let values = settings.compactMap { setting in setting.value.map { (setting.key, $0) } }
    return try encoded(Dictionary(values) { $1 })
  }

  /// A page of messages, one a line.
  static func page(
    _ messages: [Message], of conversation: Chat.Conversation.ID, next: String?
  ) throws -> ByteBuffer {
    let encoder = encoder
    var page = ByteBuffer(string: "{\"conversation\":\(conversation),")
    if let next { page.writeString("\"next\":\"\(next)\",") }
    page.writeString("\"messages\":[\n")
    for (place, message) in messages.enumerated() {
      if place > 0 { page.writeString(",\n") }
      page.writeBytes(try encoder.encode(message))
    }
    page.writeString("\n]}\n")
    return page
  }

  private static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }
}
