import Testing

@testable import Web

/// A cache never holds more than it may, and keeps what is asked for.
@Suite struct BoundedCacheTests {
  @Test func whatWasKeptIsFound() {
    let cache = BoundedCache<Int, String>(maximumBytes: 100)
    #expect(cache.value(for: 1) == nil)
    cache.keep("a", for: 1, bytes: 10)
    cache.keep("b", for: 2, bytes: 10)
    cache.keep("c", for: 1, bytes: 20)
    #expect(cache.value(for: 1) == "c")
    #expect(cache.value(for: 2) == "b")
  }

  @Test func itStaysBelowItsBound() {
    let cache = BoundedCache<Int, Int>(maximumBytes: 1_000)
    for number in 0..<10_000 {
      cache.keep(number, for: number, bytes: 10)
      if number % 100 == 99 { #expect((0...number).count { cache.value(for: $0) != nil } <= 100) }
    }
    #expect(cache.value(for: 9_999) == 9_999)
    #expect(cache.value(for: 0) == nil)
  }

  @Test func whatIsAskedForStays() {
    let cache = BoundedCache<Int, Int>(maximumBytes: 1_000)
    for number in 0..<1_000 {
      cache.keep(number, for: number, bytes: 10)
      #expect(cache.value(for: 0) == 0)
    }
  }

  @Test func whatIsTooLargeIsNotKept() {
    let cache = BoundedCache<Int, Int>(maximumBytes: 100)
    cache.keep(1, for: 1, bytes: 40)
    cache.keep(2, for: 2, bytes: 51)
    #expect(cache.value(for: 1) == 1 && cache.value(for: 2) == nil)
  }

  @Test func fromManyThreads() async {
    let cache = BoundedCache<Int, Int>(maximumBytes: 1_000)
    await withDiscardingTaskGroup { group in
      for start in 0..<8 {
        group.addTask {
          for number in 0..<2_000 {
            let key = (start + number) % 150
            #expect(cache.value(for: key).map { $0 == key } ?? true)
            cache.keep(key, for: key, bytes: 10)
          }
        }
      }
    }
  }
}
