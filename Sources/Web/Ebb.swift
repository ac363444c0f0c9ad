/// Tells when most of many have gone and no more are going. Pure; asked now and then.
struct Ebb: Sendable {
  /// Fewer are not worth it.
  static let least = 256

  private var most = 0
  private var last = 0

  /// - Parameter peak: the most there were since it was last asked, so that those who came and went in between count.
  /// - Returns: whether this is the first quiet time since the number fell below half.
  mutating func isOut(at count: Int, peak: Int) -> Bool {
    defer { last = count }
    most = max(most, peak, count)
    guard count == last, most >= Self.least, max(peak, count) < most / 2 else { return false }
    most = count
    return true
  }
}
