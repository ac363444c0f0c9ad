import Synchronization

/// Token buckets by key: each holds `burst` tries and gains one every `refill`. Bounded: of a key only a hash is
/// kept, at most `maximumKeys` of them. Those that are full again are forgotten; none is pushed out by others.
/// Where there is no room a new key shares one of ``rest`` buckets with others. Thread-safe.
public final class RateLimit: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: ContinuousClock.Instant
  }

  private struct Buckets {
    var byKey: [Int: Bucket] = [:]
    /// Not before this is it worth looking for those that are full again.
    var nextLook: ContinuousClock.Instant?
  }

  /// What floating point may have lost of a try.
  private static let rounding = 1e-6
  private static let rest = 64

  private let burst: Double
  private let refill: Duration
  private let maximumKeys: Int
  private let buckets = Mutex(Buckets())

  public init(burst: Int, refill: Duration, maximumKeys: Int = 10_000) {
    self.burst = Double(burst)
    self.refill = refill
    self.maximumKeys = maximumKeys
  }

  /// Takes one try, or `cost` of them.
  /// - Returns: nil when there were so many, else the whole seconds to wait for them.
  public func take(_ key: String, cost: Int = 1, at now: ContinuousClock.Instant = .now) -> Int? {
    let cost = Double(cost)
    return buckets.withLock { buckets in
      let place = place(of: key, in: &buckets, at: now)
      var bucket = filled(buckets.byKey[place] ?? Bucket(tokens: burst, time: now), at: now)
      guard bucket.tokens < cost - Self.rounding else {
        bucket.tokens -= cost
        buckets.byKey[place] = bucket
        return nil
      }
      let seconds = (cost - bucket.tokens - Self.rounding) * (refill / .seconds(1))
      return max(1, Int(seconds.rounded(.up)))
    }
  }

  /// Gives a try back, for one that turned out to be none.
  public func giveBack(_ key: String) {
    buckets.withLock { buckets in
      for place in [key.hashValue, Self.shared(key)] {
        guard let tokens = buckets.byKey[place]?.tokens else { continue }
        buckets.byKey[place]?.tokens = min(burst, tokens + 1)
        return
      }
    }
  }

  /// Swift's hashes differ from one start of the program to the next, so that nobody can aim at a bucket.
  private func place(of key: String, in buckets: inout Buckets, at now: ContinuousClock.Instant) -> Int {
    let hash = key.hashValue
    if buckets.byKey[hash] != nil || buckets.byKey.count < maximumKeys { return hash }
    if buckets.nextLook.map({ $0 <= now }) ?? true {
      buckets.nextLook = now + refill / 4
      buckets.byKey = buckets.byKey.filter { filled($0.value, at: now).tokens < burst }
      if buckets.byKey.count < maximumKeys { return hash }
    }
    return Self.shared(key)
  }

  private static func shared(_ key: String) -> Int { Int(UInt(bitPattern: key.hashValue) % UInt(rest)) }

  private func filled(_ bucket: Bucket, at now: ContinuousClock.Instant) -> Bucket {
    let gained = (now - bucket.time) / refill
    return Bucket(tokens: min(burst, bucket.tokens + max(0, gained)), time: now)
  }
}
