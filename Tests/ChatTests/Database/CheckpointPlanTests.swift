import Testing

@testable import Chat

/// When the write-ahead log is moved into the file, and how.
@Suite struct CheckpointPlanTests {
  private let start = ContinuousClock.now
  private let blocked = Checkpoint(isBlocked: true, pages: 5_000, moved: 100)

  private func plan(_ pages: Int) -> CheckpointPlan {
    var plan = CheckpointPlan()
    plan.committed(pages)
    return plan
  }

  @Test func byPagesAndNotByWrites() {
    #expect(CheckpointPlan().isMoved)
    var plan = plan(1_023)
    #expect(plan.due(at: start) == nil && !plan.isMoved)
    plan.committed(1_024)
    #expect(plan.due(at: start) == .passive)
    plan.made(.passive, Checkpoint(isBlocked: false, pages: 1_024, moved: 1_024), at: start)
    #expect(plan.due(at: start) == nil && plan.isMoved)
    // It has started over.
    plan.committed(1)
    #expect(plan.due(at: start) == nil && !plan.isMoved)
    plan.committed(1_024)
    #expect(plan.due(at: start) == .passive)
  }

  @Test(arguments: [
    Checkpoint(isBlocked: false, pages: 1_024, moved: 1_000),
    Checkpoint(isBlocked: true, pages: -1, moved: -1), nil,
  ])
  func whatIsNotMovedStaysKnown(result: Checkpoint?) {
    var plan = plan(1_024)
    plan.made(.passive, result, at: start)
    #expect(!plan.isMoved)
    // Not again with every commit.
    plan.committed(1_030)
    #expect(plan.due(at: start) == nil)
    plan.committed(2_048)
    #expect(plan.due(at: start) == .passive)
  }

  @Test func pastTheBoundItWaitsForReaders() {
    var plan = plan(CheckpointPlan.mostPages)
    #expect(plan.due(at: start) == .restart(patience: 40))
    plan.made(.restart(patience: 40), Checkpoint(isBlocked: false, pages: 4_096, moved: 4_096), at: start)
    // Nothing is to be moved before the next commit, which starts it over.
    #expect(plan.isMoved && plan.due(at: start + .seconds(3_600)) == nil)
    plan.committed(1)
    plan.committed(CheckpointPlan.mostPages)
    #expect(plan.due(at: start) == .restart(patience: 40))
  }

  /// A reader that never ends: longer waits, longer pauses, and passive ones in between.
  @Test func evenLongerAndMoreSeldom() {
    var plan = plan(5_000)
    var now = start
    var waited = Duration.zero
    var patiences: [Int] = []
    var warnings = 0
    while now < start + .seconds(3_600) {
      if case .restart(let patience) = plan.due(at: now) {
        patiences.append(patience)
        waited += .milliseconds(patience)
        plan.made(.restart(patience: patience), blocked, at: now)
        if plan.warns(at: now) { warnings += 1 }
        #expect(plan.due(at: now) == nil)
        plan.committed(plan.size + 1_024)
        #expect(plan.due(at: now) == .passive)
        plan.made(.passive, blocked, at: now)
      }
      now += .milliseconds(250)
    }
    #expect(patiences.prefix(6) == [40, 80, 160, 320, 320, 320])
    #expect(patiences.max() == 320 && patiences.count < 80)
    #expect(waited < .seconds(36), "writes wait for less than a hundredth of the time")
    #expect((3...6).contains(warnings))
    plan.committed(1)
    let warnsAgain = plan.warns(at: now + .seconds(3_600))
    #expect(!warnsAgain)
  }
}
