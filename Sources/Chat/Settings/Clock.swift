import Foundation

/// How a person reads the time: in which zone, and by 12 or 24 hours.
struct Clock: Sendable, Hashable {
  enum Hours: Int, Sendable {
    case twelve = 12
    case twentyFour = 24
  }

  /// Nil for none, which reads as UTC and is called that.
  let zone: ZoneName?
  /// Nil until the person or one of their browsers has said; then it is 24.
  let hours: Hours?

  /// What pushes are made with, which are the same for everyone.
  static let utc = Clock(zone: nil, hours: nil)

  /// What the zone's clocks are ahead of UTC at a time in seconds since 1970, in seconds.
  func offset(at seconds: Int64) -> Int64 {
    guard let zone = zone?.zone else { return 0 }
    return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
  }
}
