import NIOCore

/// What waits, a queue for each key, taken from them in turns: whoever brings much waits behind their own. Pure.
///
/// Where all is full the last one of the longest queue goes for a newcomer with a shorter one.
struct TurnQueue<Key: Hashable & Sendable, Element: Sendable>: Sendable {
  private var queues: [Key: CircularBuffer<Element>] = [:]
  /// Those that have something waiting, in the order of their turns.
  private var turns = CircularBuffer<Key>()
  private(set) var count = 0

  let maximum: Int
  let maximumPerKey: Int

  init(maximum: Int, maximumPerKey: Int) {
    self.maximum = maximum
    self.maximumPerKey = maximumPerKey
  }

  /// - Returns: what has no place: the element itself, or another that went for it.
  mutating func add(_ element: Element, for key: Key) -> Element? {
    let waiting = queues[key]?.count ?? 0
    guard waiting < maximumPerKey else { return element }
    var gone: Element?
    if count >= maximum {
      guard let longest = queues.max(by: { $0.value.count < $1.value.count }),
        longest.value.count > waiting + 1
      else { return element }
      gone = queues[longest.key]?.popLast()
      count -= 1
    }
    if waiting == 0 { turns.append(key) }
    queues[key, default: []].append(element)
    count += 1
    return gone
  }

  /// The next in turn.
  mutating func take() -> Element? {
    guard let key = turns.popFirst(), let element = queues[key]?.popFirst() else { return nil }
    count -= 1
    if queues[key]?.isEmpty == true { queues[key] = nil } else { turns.append(key) }
    return element
  }
}
