import Foundation

/// Numbers and lists by the language's own rules. English is made by hand: a date costs 0.2 µs in place of the 3.5 of
/// Foundation's styles, and a server that speaks English alone never loads their tables, 7 MB of them.
extension Language {
  /// `12,000`
  public func number(_ number: Int) -> String {
    guard isEnglish else { return number.formatted(.number.locale(locale)) }
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.utf8.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1.2`
  func tenths(_ number: Double) -> String {
    isEnglish
      ? String(format: "%.1f", number)
      : number.formatted(.number.precision(.fractionLength(1)).locale(locale))
  }

  /// `one, two and three`
  func list(_ items: [String]) -> String {
    guard isEnglish else { return items.formatted(.list(type: .and).locale(locale)) }
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }
}
