import Web

extension Sentence {
  var english: String { Language.english.text(self) }
}
