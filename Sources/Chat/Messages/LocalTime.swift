import Foundation
import Web

/// A day and a time of day as clocks of some zone show them, in words. English is made by hand, see
/// ``Web/Language``; other languages by Foundation's format styles.
struct LocalTime: Sendable {
  /// Since 1970, as if the zone were UTC.
  let seconds: Int64
  let hours: Clock.Hours?

  private var parts: tm {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    return parts
  }

  /// `14:02` or `2:02 pm`
  func clock(in language: Language) -> String {
    guard language.isEnglish else { return date.formatted(style(language).hour().minute()) }
    let parts = parts
    let (hour, minute) = (Int(parts.tm_hour), Int(parts.tm_min))
    let minutes = (minute < 10 ? ":0" : ":") + String(minute)
    guard hours == .twelve else { return (hour < 10 ? "0" : "") + String(hour) + minutes }
    return String((hour + 11) % 12 + 1) + minutes + (hour < 12 ? " am" : " pm")
  }

  /// `Sunday 22 November 2026`, or without the year
  func day(in language: Language, withYear: Bool = true) -> String {
    guard language.isEnglish else {
      let style = style(language).weekday(.wide).day().month(.wide)
      return date.formatted(withYear ? style.year() : style)
    }
    let parts = parts
    let weekday = Self.weekdays[Int(parts.tm_wday) % 7]
    let day = "\(weekday) \(parts.tm_mday) \(Self.months[Int(parts.tm_mon) % 12])"
    return withYear ? day + " \(parts.tm_year + 1900)" : day
  }

  private var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

  private func style(_ language: Language) -> Date.FormatStyle {
    var locale = Locale.Components(locale: language.locale)
    locale.hourCycle = hours == .twelve ? .oneToTwelve : .zeroToTwentyThree
    return Date.FormatStyle(locale: Locale(components: locale), timeZone: .gmt)
  }

  private static let weekdays = [
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
  ]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
