import Crypto
import Foundation
import Mustache

/// Every template of a folder, read once at the start. Names are paths below the folder without `.mustache`.
///
/// The white space that indents a line in the file is for its reader and is left out of the pages, so
/// that no partial can indent the lines of somebody's message.
///
/// What a person reads stands in double square brackets, in attributes too, and is said in the language of the page:
///
///     [[Load older messages]]                     a sentence
///     [[session|End]]                             one with a context, which tells it from another End
///     [[From {{address}}]]                        with a value: `From {address}` to a translator
///     [[Read <a href="{{terms}}">this</a>]]       with markup: `Read {a}this{/a}`
///
/// One that a number changes is a ``Sentence`` that the view gives. No sentence goes over the end of a line.
public struct Templates: Sendable {
  /// Another one where any of them is.
  public let version: String
  public let words: Words
  /// A whole library for each language, so that saying a sentence costs nothing when a page is made.
  private let libraries: [Language: MustacheLibrary]
  private let trace: (@Sendable (String, View) -> Void)?

  /// - Parameter trace: is told every template that is rendered, and what with.
  /// - Throws: ``Failure`` when the folder has no template or one of them cannot be read.
  public init(folder: URL, words: Words, trace: (@Sendable (String, View) -> Void)? = nil) throws {
    self.words = words
    self.trace = trace
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    var libraries = Dictionary(uniqueKeysWithValues: words.languages.map { ($0, MustacheLibrary()) })
    var count = 0
    var hash = SHA256()
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    for path in files.sorted() {
      guard path.hasSuffix(".mustache") else { continue }
      do {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        hash.update(data: Data((path + text).utf8))
        let name = String(path.dropLast(".mustache".count))
        for language in words.languages {
          let prepared = try Self.prepared(text, in: language)
          try libraries[language]?.register(prepared, named: name)
          // The name of a layout also ends a section, where the library reads no slash.
          try libraries[language]?.register(prepared, named: name.replacing("/", with: "."))
        }
      } catch {
        throw Failure(
          sentence: Sentence(
            "The template {file} cannot be read: {reason}", ["file": path, "reason": "\(error)"]))
      }
      count += 1
    }
    guard count > 0 else {
      throw Failure(sentence: Sentence("There are no templates in {folder}.", ["folder": folder.path]))
    }
    self.libraries = libraries
    version = hash.finalize().prefix(8).map { String(format: "%02x", $0) }.joined()
  }

  /// - Returns: the text, or nothing where there is no template of that name: a slip in our own code that
  ///   the tests of every page would show.
  public func render(_ name: String, _ view: View, in language: Language) -> String {
    trace?(name, view)
    return libraries[language]?.render(view.said(in: language), withTemplate: name) ?? ""
  }

  public struct Failure: SentenceError {
    public let sentence: Sentence
  }

  /// A partial starts with the library's own escaping again, so each file names ours.
  private static func prepared(_ text: String, in language: Language) throws -> String {
    let lines = try TemplateSentence.replacing(in: text) { $0.source(in: language) }.split(
      separator: "\n", omittingEmptySubsequences: true
    )
    .map { $0.drop(while: { $0 == " " }) }
    return "{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + lines.joined(separator: "\n")
  }
}
