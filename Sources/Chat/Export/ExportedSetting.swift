import Web

/// A line of what a person has chosen, as their download tells it to programs and to people.
struct ExportedSetting: Sendable {
  enum Value: Encodable, Sendable {
    case text(String)
    case flag(Bool)
    case number(Int)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .flag(let flag): try container.encode(flag)
      case .number(let number): try container.encode(number)
      }
    }
  }

  /// In `settings.json`.
  let key: String
  /// Nil is left out there.
  let value: Value?
  let name: Sentence
  let words: Sentence

  init(_ key: String, _ value: Value?, name: Sentence, words: Sentence) {
    self.key = key
    self.value = value
    self.name = name
    self.words = words
  }
}
