/// A refusal that says in a sentence what to do.
protocol SentenceError: Error {
  var sentence: String { get }
}
