/// Why one of our style sheets or modules cannot be served, found when the program starts: a slip of ours that breaks
/// a rule of ``SourceText``, ``ScriptModule`` or ``ScriptGraph``.
struct SourceFault: Error, CustomStringConvertible {
  private let sentence: String

  init(_ sentence: String) { self.sentence = sentence }

  /// - Parameter what: what is wrong there, such as "imports size".
  init(_ file: String, line: Int, _ what: String) {
    sentence = "Line \(line) of \(file) \(what)."
  }

  var description: String { sentence }
}
