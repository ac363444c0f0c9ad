/// Which form of a sentence goes with a number: the `Plural-Forms` of a .po file, `nplurals=3; plural=…`, where the
/// second is an expression of C over `n`. The same text is an expression of JavaScript.
struct PluralRule: Sendable {
  /// Of English, and of what says nothing else.
  static let one = PluralRule(count: 2, text: "n != 1", expression: .binary("!=", .number, .value(1)))

  let count: Int
  let text: String
  private let expression: PluralExpression

  private init(count: Int, text: String, expression: PluralExpression) {
    self.count = count
    self.text = text
    self.expression = expression
  }

  /// - Returns: nil for what is no such rule.
  init?(_ header: String) {
    let parts = header.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
    guard let forms = parts.first, forms.hasPrefix("nplurals="), let count = Int(forms.dropFirst(9)),
      (1...6).contains(count), parts.count == 2, parts[1].hasPrefix("plural=")
    else { return nil }
    let text = String(parts[1].dropFirst(7))
    guard let expression = PluralExpression(text) else { return nil }
    self.init(count: count, text: text, expression: expression)
  }

  /// From 0; never past the last.
  func form(of number: Int) -> Int {
    let form = expression.value(Int(clamping: number.magnitude))
    return (0..<count).contains(form) ? form : 0
  }
}
