import Testing

@testable import Chat

/// Waiting by turns: each in its own queue, bounded.
@Suite struct TurnQueueTests {
  private func all(_ queue: inout TurnQueue<String, Int>) -> [Int] {
    var taken: [Int] = []
    while let element = queue.take() { taken.append(element) }
    return taken
  }

  @Test func takesTurns() {
    var queue = TurnQueue<String, Int>(maximum: 100, maximumPerKey: 100)
    for number in 1...5 { _ = queue.add(number, for: "many") }
    _ = queue.add(10, for: "one")
    _ = queue.add(20, for: "another")
    #expect(all(&queue) == [1, 10, 20, 2, 3, 4, 5])
    #expect(queue.count == 0)
  }

  @Test func aKeyHasABound() {
    var queue = TurnQueue<String, Int>(maximum: 100, maximumPerKey: 2)
    let refused = (1...4).map { queue.add($0, for: "many") }
    #expect(refused == [nil, nil, 3, 4])
    #expect(queue.add(9, for: "one") == nil)
    #expect(all(&queue) == [1, 9, 2])
  }

  /// The newcomer takes the place of the last one of whoever has most.
  @Test func whereAllIsFull() {
    var queue = TurnQueue<String, Int>(maximum: 4, maximumPerKey: 4)
    for number in 1...4 { _ = queue.add(number, for: "many") }
    #expect(queue.add(5, for: "many") == 5)
    #expect(queue.add(10, for: "one") == 4)
    #expect(queue.add(11, for: "one") == 3)
    #expect(queue.add(12, for: "one") == 12, "it would have as many")
    #expect(queue.count == 4)
    #expect(all(&queue) == [1, 10, 2, 11])
    #expect(queue.add(1, for: "many") == nil)
  }
}
