import Testing
import Web

@testable import Chat

/// The check that every server of the tests is held to finds what it is for.
@Suite struct ViewNamesTests {
  @Test func aSlipOnEitherSide() {
    let names = ViewNames()
    names.note("fragments/count", View(["online": 1]))
    #expect(names.slips.isEmpty)
    names.note("fragments/count", View(["onlime": 1]))
    #expect(
      names.slips == [
        "fragments/count is given onlime, which no template uses",
        "fragments/count uses online, which it is not given",
      ])
  }
}
