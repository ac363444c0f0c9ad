import Foundation
import Web

/// A time as pages carry it: ISO 8601 in UTC for the browser, which makes it local, and words by a person's
/// clock for who has no modules.
struct Timestamp: Sendable {
  let iso: String
  /// `2026-11-22`
  let day: String
  private let localSeconds: Int64
  /// `14:02` or `2:02 pm`
  let clock: Sentence
  /// `Sunday 22 November 2026`
  let dayInWords: Sentence
  /// `Sunday 22 November 2026 at 14:02`
  let inFull: Sentence
  /// `Sunday 22 November`
  private let dayOfYear: Sentence

  init(_ time: Milliseconds, _ reader: Clock = .utc) {
    let seconds = time / 1000
    let universal = Self.parts(seconds)
    iso =
      "\(Self.day(universal))T\(Self.padded(universal.tm_hour)):\(Self.padded(universal.tm_min)):"
      + "\(Self.padded(universal.tm_sec)).\(Self.padded(time % 1000, 3))Z"
    let offset = reader.offset(at: seconds)
    let parts = offset == 0 ? universal : Self.parts(seconds + offset)
    day = Self.day(parts)
    localSeconds = seconds + offset
    let local = LocalTime(seconds: seconds + offset, hours: reader.hours)
    clock = .made { local.clock(in: $0) }
    dayInWords = .made { local.day(in: $0) }
    dayOfYear = .made { local.day(in: $0, withYear: false) }
    inFull = Sentence("{day} at {time}", ["day": dayInWords, "time": clock])
  }

  static var now: Timestamp { now(by: .utc) }

  static func now(by reader: Clock) -> Timestamp { Timestamp(Date.now.milliseconds, reader) }

  /// Above the messages of a day, seen on the day `now`: the modules write the same, so that nothing moves.
  func heading(now: Timestamp) -> Sentence {
    if day == now.day { return Sentence("Today") }
    if day == Self.day(Self.parts(now.localSeconds - 86_400)) { return Sentence("Yesterday") }
    return day.prefix(4) == now.day.prefix(4) ? dayOfYear : dayInWords
  }

  /// In a list: the time of day on the day `now`, else the date.
  func brief(now: Timestamp) -> Sentence { day == now.day ? clock : .verbatim(day) }

  private static func parts(_ seconds: Int64) -> tm {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return parts
  }

  private static func day(_ parts: tm) -> String {
    "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
  }

  private static func padded(_ number: some BinaryInteger, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
