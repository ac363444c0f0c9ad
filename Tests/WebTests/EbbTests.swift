import Testing

@testable import Web

/// When what streams held is given back.
@Suite struct EbbTests {
  @Test(arguments: [
    ([0, 0, 0], [false, false, false]),
    ([200, 200, 0, 0], [false, false, false, false]),
    ([1_000, 1_000, 600, 600], [false, false, false, false]),
    ([1_000, 400, 300, 300, 300], [false, false, false, true, false]),
    ([1_000, 300, 300, 1_000, 0, 0, 0], [false, false, true, false, false, true, false]),
  ])
  func onceWhenAllIsQuiet(counts: [Int], expected: [Bool]) {
    var ebb = Ebb()
    #expect(counts.map { ebb.isOut(at: $0) } == expected)
  }
}
