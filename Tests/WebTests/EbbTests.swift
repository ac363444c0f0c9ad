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
    #expect(counts.map { ebb.isOut(at: $0, peak: $0) } == expected)
  }

  /// Between two times that it is asked, more may come and go again.
  @Test(arguments: [
    ([(3, 3), (3, 1_000), (3, 5), (3, 3)], [false, false, true, false]),
    ([(3, 3), (3, 200), (3, 3)], [false, false, false]),
    ([(3, 1_000), (3, 900), (3, 800), (3, 8)], [false, false, false, true]),
  ])
  func onceAfterAPeak(looks: [(count: Int, peak: Int)], expected: [Bool]) {
    var ebb = Ebb()
    #expect(looks.map { ebb.isOut(at: $0.count, peak: $0.peak) } == expected)
  }
}
