/// Who talks to whom: user 1 with each of the next thirty, then neighbours, then those two apart, and so on.
struct ConversationPairs {
  struct Pair: Sendable, Equatable {
    let one: Int
    let other: Int
  }

  /// As many rows as the sidebar shows at once.
  static let ofViewer = 30

  /// The first `count` of them, or all where there are not as many.
  static func first(_ count: Int, users: Int) -> [Pair] {
    var pairs = (1..<users).prefix(ofViewer).map { Pair(one: 1, other: $0 + 1) }
    var distance = 1
    while pairs.count < count, distance < users - 1 {
      for user in 2...(users - distance) where pairs.count < count {
        pairs.append(Pair(one: user, other: user + distance))
      }
      distance += 1
    }
    return Array(pairs.prefix(count))
  }
}
