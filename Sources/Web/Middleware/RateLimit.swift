import Synchronization

/// Token buckets by key: each holds `burst` tries and gains one every `refill`. Bounded: past
/// `maximumKeys` those that are full again are forgotten, and then the ones used longest ago.
public final class RateLimit: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: ContinuousClock.Instant
  }

  /// What floating point may have lost of a try.
  private static let rounding = 1e-6

  private let burst: Double
  private let refill: Duration
  private let maximumKeys: Int
  private let buckets = Mutex<[String: Bucket]>([:])

  public init(burst: Int, refill: Duration, maximumKeys: Int = 10_000) {
    self.burst = Double(burst)
    self.refill = refill
    self.maximumKeys = maximumKeys
  }

  /// Takes one try.
  /// - Returns: nil when there was one, else the whole seconds to wait for the next.
  public func take(_ key: String, at now: ContinuousClock.Instant = .now) -> Int? {
    buckets.withLock { buckets in
      if buckets[key] == nil, buckets.count >= maximumKeys { makeRoom(in: &buckets, at: now) }
      var bucket = filled(buckets[key] ?? Bucket(tokens: burst, time: now), at: now)
      guard bucket.tokens < 1 - Self.rounding else {
        bucket.tokens -= 1
        buckets[key] = bucket
        return nil
      }
      let seconds = (1 - bucket.tokens - Self.rounding) * (refill / .seconds(1))
      return max(1, Int(seconds.rounded(.up)))
    }
  }

  /// Gives a try back, for one that turned out to be none.
  public func giveBack(_ key: String) {
    buckets.withLock { buckets in
      guard let tokens = buckets[key]?.tokens else { return }
      buckets[key]?.tokens = min(burst, tokens + 1)
    }
  }

  private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Bucket {
    let gained = (now - bucket.time) / refill
    return Bucket(tokens: min(burst, bucket.tokens + max(0, gained)), time: now)
  }

  private func makeRoom(in buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
    buckets = buckets.filter { filled($0.value, at: now).tokens < burst }
    guard buckets.count >= maximumKeys else { return }
    for entry in buckets.sorted(by: { $0.value.time < $1.value.time }).prefix(maximumKeys / 10) {
      buckets[entry.key] = nil
    }
  }
}
