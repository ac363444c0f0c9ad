/// An expression of C over the number `n`, as far as rules of plurals need it: `? :`, `||`, `&&`, comparisons, `+ - * %`
/// and parentheses.
indirect enum PluralExpression: Sendable {
  case number
  case value(Int)
  case binary(String, PluralExpression, PluralExpression)
  case choice(PluralExpression, PluralExpression, PluralExpression)

  /// - Parameter text: without white space.
  /// - Returns: nil for what is none.
  init?(_ text: String) {
    var parser = Parser(rest: text[...])
    guard let expression = parser.choice(), parser.rest.isEmpty else { return nil }
    self = expression
  }

  func value(_ number: Int) -> Int {
    switch self {
    case .number: number
    case .value(let value): value
    case .choice(let condition, let one, let other):
      condition.value(number) != 0 ? one.value(number) : other.value(number)
    case .binary(let sign, let left, let right):
      Self.value(sign, left.value(number), right.value(number))
    }
  }

  private static func value(_ sign: String, _ left: Int, _ right: Int) -> Int {
    switch sign {
    case "||": left != 0 || right != 0 ? 1 : 0
    case "&&": left != 0 && right != 0 ? 1 : 0
    case "==": left == right ? 1 : 0
    case "!=": left != right ? 1 : 0
    case "<=": left <= right ? 1 : 0
    case ">=": left >= right ? 1 : 0
    case "<": left < right ? 1 : 0
    case ">": left > right ? 1 : 0
    case "+": left &+ right
    case "-": left &- right
    case "*": left &* right
    default: right == 0 ? 0 : left % right
    }
  }

  private struct Parser {
    var rest: Substring
    /// How deep it may nest: a file is from outside.
    private var depth = 32

    init(rest: Substring) { self.rest = rest }

    /// From what binds least to what binds most.
    private static let signs = [
      ["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "%"],
    ]

    mutating func choice() -> PluralExpression? {
      guard depth > 0 else { return nil }
      depth -= 1
      defer { depth += 1 }
      guard let condition = binary(0) else { return nil }
      guard take("?") else { return condition }
      guard let one = choice(), take(":"), let other = choice() else { return nil }
      return .choice(condition, one, other)
    }

    private mutating func binary(_ level: Int) -> PluralExpression? {
      guard level < Self.signs.count else { return operand() }
      guard var left = binary(level + 1) else { return nil }
      while let sign = Self.signs[level].first(where: { take($0) }) {
        guard let right = binary(level + 1) else { return nil }
        left = .binary(sign, left, right)
      }
      return left
    }

    private mutating func operand() -> PluralExpression? {
      if take("n") { return .number }
      if take("(") {
        guard let inner = choice(), take(")") else { return nil }
        return inner
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      return Int(digits).map { .value($0) }
    }

    private mutating func take(_ sign: String) -> Bool {
      guard rest.hasPrefix(sign) else { return false }
      rest = rest.dropFirst(sign.count)
      return true
    }
  }
}
