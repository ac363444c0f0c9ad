/// An error that says in a sentence what to do.
public protocol SentenceError: Error, CustomStringConvertible {
  var sentence: Sentence { get }
}

extension SentenceError {
  /// In English, as the log has it.
  public var description: String { Language.english.text(sentence) }
}
