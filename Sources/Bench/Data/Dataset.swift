import Crypto
import Foundation

/// What stands in a data folder that the bench made, kept beside the database as `bench.json`. Ids are those
/// of the database and start at 1.
struct Dataset: Codable, Sendable {
  /// How much of everything.
  struct Size: Codable, Sendable, Equatable {
    var users: Int
    var conversations: Int
    var messages: Int
    /// Members of the groups that are measured, the last of the users.
    var group: Int
  }

  let size: Size
  /// Whom the pages are measured for: has a direct conversation with each of the next users.
  var viewer: Int { 1 }
  /// The viewer's with user 2, which has a tenth of all messages and at least a hundred.
  var conversation: Int { 1 }
  var groupMembers: ClosedRange<Int> { (size.users - size.group + 1)...size.users }
  /// The `before` of a page in the middle of the viewer's conversation.
  let olderPage: Int
  /// Makes the session tokens. The folder holds nobody's data.
  let key: String

  /// Every user's browser is logged in with this one.
  func token(of user: Int) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = SHA256.hash(data: Data("\(key) \(user)".utf8))
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  static func load(_ folder: URL) throws -> Dataset {
    guard let data = try? Data(contentsOf: folder.appending(path: "bench.json")) else {
      throw BenchError("\(folder.path) was not made by nextalk-bench data.")
    }
    return try JSONDecoder().decode(Dataset.self, from: data)
  }

  func save(_ folder: URL) throws {
    try JSONEncoder().encode(self).write(to: folder.appending(path: "bench.json"))
  }
}
