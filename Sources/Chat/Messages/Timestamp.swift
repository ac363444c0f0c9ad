import Foundation

/// A time as pages carry it: ISO 8601 in UTC for the browser, which makes it local, and words in UTC for
/// who has no modules.
struct Timestamp: Sendable {
  let iso: String
  /// `2026-11-22`
  let day: String
  /// `14:02`
  let clock: String
  private let weekdayAndDate: String

  init(_ time: Milliseconds) {
    var seconds = time_t(time / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func padded(_ number: some BinaryInteger, _ width: Int = 2) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    day = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    clock = "\(padded(parts.tm_hour)):\(padded(parts.tm_min))"
    iso = "\(day)T\(clock):\(padded(parts.tm_sec)).\(padded(time % 1000, 3))Z"
    let weekday = Self.weekdays[Int(parts.tm_wday) % 7]
    weekdayAndDate =
      "\(weekday) \(parts.tm_mday) \(Self.months[Int(parts.tm_mon) % 12]) \(parts.tm_year + 1900)"
  }

  static var now: Timestamp { Timestamp(Date.now.milliseconds) }

  /// `Sunday 22 November 2026`
  var dayInWords: String { weekdayAndDate }

  /// In a list: the time of day on the day `now`, else the date.
  func brief(now: Timestamp) -> String { day == now.day ? clock : day }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
