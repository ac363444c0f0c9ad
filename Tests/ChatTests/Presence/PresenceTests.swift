import Testing

@testable import Chat

/// Counting streams, by a clock from outside.
@Suite struct PresenceTests {
  @Test func twoStreamsOneClosed() {
    var presence = Presence()
    let news = [presence.connect(1), presence.connect(1)]
    #expect(news == [true, false])
    presence.disconnect(1, at: 1_000)
    let nobody = presence.expire(at: 1_000_000)
    #expect(nobody.isEmpty)
    #expect(presence.isOnline(1))
    presence.disconnect(1, at: 2_000)
    #expect(presence.isOnline(1))
    let tooEarly = presence.expire(at: 2_000 + Presence.grace - 1)
    #expect(tooEarly.isEmpty)
    let gone = presence.expire(at: 2_000 + Presence.grace)
    #expect(gone.map(\.user) == [1])
    #expect(gone.map(\.lastSeen) == [2_000])
    #expect(!presence.isOnline(1))
    #expect(presence.online.isEmpty && presence.count == 0)
  }

  @Test func graceIsLongerThanAReloadAndShorterThanTheLimit() {
    #expect((3_000...14_000).contains(Presence.grace))
  }

  @Test func aReloadIsNoChange() {
    var presence = Presence()
    _ = presence.connect(1)
    presence.disconnect(1, at: 1_000)
    let isNews = presence.connect(1)
    #expect(!isNews)
    let gone = presence.expire(at: 1_000_000)
    #expect(gone.isEmpty)
    #expect(presence.isOnline(1))
  }

  @Test func aVisitLastsAMinute() {
    var presence = Presence()
    let news = [presence.visit(1, at: 1_000), presence.visit(1, at: 30_000)]
    #expect(news == [true, false])
    let gone = [presence.expire(at: 89_999), presence.expire(at: 90_000)]
    #expect(gone.map { $0.map(\.lastSeen) } == [[], [30_000]])
  }

  @Test func aVisitBesideAStreamAndAfter() {
    var presence = Presence()
    let beside = [presence.connect(1), presence.visit(1, at: 1_000)]
    #expect(beside == [true, false])
    presence.disconnect(1, at: 2_000)
    let gone = presence.expire(at: 2_000 + Presence.grace)
    #expect(gone.map(\.user) == [1])
    let after = [presence.visit(1, at: 50_000), presence.connect(1)]
    #expect(after == [true, false])
    #expect(presence.count == 1)
  }

  @Test func afterARestart() {
    var presence = Presence()
    presence.restore(1, at: 0)
    presence.restore(2, at: 0)
    let isNews = presence.connect(1)
    #expect(!isNews)
    #expect(presence.online == [1, 2])
    let gone = presence.expire(at: Presence.returnTime)
    #expect(gone.map(\.user) == [2])
    #expect(presence.online == [1])
  }

  @Test func moreClosedThanOpened() {
    var presence = Presence()
    presence.disconnect(1, at: 0)
    #expect(!presence.isOnline(1))
    #expect(presence.count == 0)
  }

  @Test func manyPeople() {
    var presence = Presence()
    for user in 1...1_000 { _ = presence.connect(Int64(user)) }
    for user in 1...500 { presence.disconnect(Int64(user), at: 0) }
    _ = presence.connect(7)
    #expect(presence.count == 1_000)
    let gone = presence.expire(at: Presence.grace)
    #expect(gone.count == 499)
    #expect(presence.count == 501 && presence.online.count == 501)
  }

  @Test func whoIsGoneNeitherLingersNorGoesOffline() {
    var presence = Presence()
    _ = presence.connect(7)
    _ = presence.visit(8, at: 0)
    presence.remove(7)
    presence.remove(8)
    #expect(presence.online.isEmpty && presence.count == 0)
    presence.disconnect(7, at: 1)
    #expect(presence.expire(at: .max).isEmpty)
  }

  @Test func whoHidesIsNeitherSeenNorSees() {
    var presence = Presence()
    presence.hide(1)
    presence.restore(1, at: 0)
    let news = [presence.connect(1), presence.connect(2), presence.connect(3), presence.visit(1, at: 0)]
    #expect(news == [false, true, true, false])
    #expect(presence.online == [2, 3] && presence.count == 2 && !presence.isOnline(1))
    #expect(presence.sees(2, 3) && !presence.sees(2, 1) && !presence.sees(1, 2) && !presence.sees(1, 1))
    let (mine, theirs) = (presence.people(seenBy: 1), presence.people(seenBy: 2))
    #expect(mine.isHidden && mine.users.isEmpty && mine.count == nil)
    #expect(!theirs.isHidden && theirs.users == [2, 3] && theirs.count == 1)
    presence.disconnect(1, at: 1_000)
    let gone = presence.expire(at: .max)
    #expect(gone.isEmpty)
    #expect(presence.count == 2)
  }

  @Test func whoShowsAgainIsThereAtOnce() {
    var presence = Presence()
    _ = presence.connect(1)
    presence.hide(1)
    #expect(presence.count == 0 && presence.isHidden(1))
    presence.show(1)
    #expect(presence.isOnline(1) && presence.count == 1 && presence.people(seenBy: 1).count == 0)
    presence.disconnect(1, at: 0)
    let gone = presence.expire(at: Presence.grace)
    #expect(gone.map(\.user) == [1])
  }
}
