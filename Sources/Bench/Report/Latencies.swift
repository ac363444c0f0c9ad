/// How long things took.
struct Latencies: Sendable {
  private var values: [Nanoseconds] = []
  private var isSorted = true

  var count: Int { values.count }

  mutating func add(_ value: Nanoseconds) {
    values.append(value)
    isSorted = false
  }

  mutating func add(_ others: Latencies) {
    values += others.values
    isSorted = false
  }

  /// The least value that the part `part` of all, 0 to 1, does not exceed, in milliseconds; 0 of none.
  mutating func percentile(_ part: Double) -> Double {
    if !isSorted {
      values.sort()
      isSorted = true
    }
    guard !values.isEmpty else { return 0 }
    let rank = (part * Double(values.count)).rounded(.up)
    return values[min(values.count, max(1, Int(rank))) - 1].milliseconds
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return 0 }
    return sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
  }
}
