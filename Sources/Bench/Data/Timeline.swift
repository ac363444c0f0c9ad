/// A year of messages, evenly, oldest first: every tenth in the first conversation (but at least a hundred),
/// the others in turn over the rest. Pure.
struct Timeline {
  static let day: Int64 = 86_400_000
  static let year = 365 * day
  /// The product keeps a month of events; less, so that none is pruned during a run.
  private static let eventTime = 28 * day
  private static let continuationTime: Int64 = 5 * 60_000
  /// Two pages.
  private static let leastInFirst = 100

  struct Entry {
    let id: Int
    let conversation: Int
    let author: Int
    let time: Int64
    let continues: Bool
    let event: Int
    /// Whether the event log still has it.
    let isInLog: Bool
  }

  let pairs: [ConversationPairs.Pair]
  private(set) var written = 0
  /// The newest message of each conversation.
  private(set) var newest: [Int]
  /// The message of the first conversation that half of it is before.
  private(set) var olderPage = 0
  /// The newest event that the log no longer has.
  private(set) var prunedThrough = 0
  private let size: Dataset.Size
  private let now: Int64
  private let inFirst: Int
  private var firstCount = 0
  private var last: [(author: Int, time: Int64)]

  /// - Throws: ``BenchError`` for sizes that do not go together.
  init(size: Dataset.Size, now: Int64) throws {
    guard size.conversations >= 1, size.group >= 1, size.users >= max(3, size.group) else {
      throw BenchError("There must be a conversation, and at least three users, none fewer than streams.")
    }
    guard size.messages >= size.conversations - 1 + Self.leastInFirst else {
      throw BenchError("There must be \(Self.leastInFirst) messages more than conversations.")
    }
    pairs = ConversationPairs.first(size.conversations, users: size.users)
    guard pairs.count == size.conversations else {
      throw BenchError("\(size.users) users have only \(pairs.count) conversations of two.")
    }
    self.size = size
    self.now = now
    inFirst = size.conversations == 1 ? size.messages : max(Self.leastInFirst, size.messages / 10)
    newest = Array(repeating: 0, count: pairs.count)
    last = Array(repeating: (0, 0), count: pairs.count)
  }

  mutating func next() -> Entry {
    written += 1
    let isFirst = written * inFirst / size.messages > firstCount
    if isFirst { firstCount += 1 }
    let turn = written - firstCount - 1
    let index = isFirst ? 0 : 1 + turn % (pairs.count - 1)
    let count = isFirst ? firstCount : turn / (pairs.count - 1)
    let time = now - Self.year + Int64(written) * Self.year / Int64(size.messages)
    let pair = pairs[index]
    // Three in a row of each.
    let author = count / 3 % 2 == 0 ? pair.other : pair.one
    let isInLog = time > now - Self.eventTime
    let entry = Entry(
      id: written, conversation: index + 1, author: author, time: time,
      continues: last[index].author == author && time - last[index].time < Self.continuationTime,
      event: size.users + written, isInLog: isInLog)
    last[index] = (author, time)
    newest[index] = written
    if isFirst, firstCount == max(Self.leastInFirst / 2, inFirst / 2) + 1 { olderPage = written }
    if !isInLog { prunedThrough = entry.event }
    return entry
  }
}
