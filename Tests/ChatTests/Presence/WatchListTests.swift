import Testing

@testable import Chat

/// Who is told of whose coming and going.
@Suite struct WatchListTests {
  @Test func watchersOfAPerson() {
    var list = WatchList()
    list.add([1, 2], for: 10, at: 0)
    list.add([2, 3], for: 11, at: 0)
    list.add([2], for: 10, at: 0)
    #expect(list.sessions(watching: 1) == [10])
    #expect(list.sessions(watching: 2) == [10, 11])
    #expect(list.sessions(watching: 9).isEmpty)
    #expect(list.people(of: 10) == [1, 2])
    list.remove(10)
    #expect(list.sessions(watching: 1).isEmpty)
    #expect(list.sessions(watching: 2) == [11])
    #expect(list.people(of: 10).isEmpty)
    list.remove(10)
  }

  @Test func boundedForEachSession() {
    var list = WatchList()
    for page in 0..<100 { list.add((0..<30).map { Int64(page * 30 + $0) }, for: 10, at: 0) }
    #expect(list.people(of: 10).count == WatchList.mostPerSession)
    #expect(list.sessions(watching: 0).isEmpty)
    #expect(list.sessions(watching: 2_999) == [10])
    list.add([0], for: 10, at: 0)
    #expect(list.sessions(watching: 0) == [10])
    list.add((0..<5_000).map { Int64($0 + 10_000) }, for: 10, at: 0)
    #expect(list.people(of: 10).count == WatchList.mostPerSession)
    #expect(list.sessions(watching: 14_999) == [10])
  }

  @Test func idleSessionsAreForgotten() {
    var list = WatchList()
    list.add([1], for: 10, at: 0)
    list.add([1], for: 11, at: 0)
    list.add([1], for: 12, at: WatchList.idleTime)
    list.removeIdle(except: [11], at: WatchList.idleTime)
    #expect(list.sessions(watching: 1) == [10, 11, 12])
    list.removeIdle(except: [11], at: WatchList.idleTime + 1)
    #expect(list.sessions(watching: 1) == [11, 12])
    list.add([], for: 12, at: WatchList.idleTime * 3)
    list.removeIdle(except: [], at: WatchList.idleTime * 3)
    #expect(list.sessions(watching: 1) == [12])
  }
}
