import Foundation
import Mustache

/// Every template of a folder, read once at the start. Names are paths below the folder without `.mustache`.
///
/// The white space that indents a line in the file is for its reader and is left out of the pages, so
/// that no partial can indent the lines of somebody's message.
public struct Templates: Sendable {
  private let library: MustacheLibrary
  private let trace: (@Sendable (String, View) -> Void)?

  /// - Parameter trace: is told every template that is rendered, and what with.
  /// - Throws: ``Failure`` when the folder has no template or one of them cannot be read.
  public init(folder: URL, trace: (@Sendable (String, View) -> Void)? = nil) throws {
    self.trace = trace
    MustacheContentTypes.register(EscapedHTML(), named: EscapedHTML.name)
    var library = MustacheLibrary()
    var count = 0
    let files = FileManager.default.enumerator(atPath: folder.path)
    while let path = files?.nextObject() as? String {
      guard path.hasSuffix(".mustache") else { continue }
      do {
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        let name = String(path.dropLast(".mustache".count))
        try library.register(Self.prepared(text), named: name)
        // The name of a layout also ends a section, where the library reads no slash.
        try library.register(Self.prepared(text), named: name.replacing("/", with: "."))
      } catch {
        throw Failure(sentence: "The template \(path) cannot be read: \(error)")
      }
      count += 1
    }
    guard count > 0 else { throw Failure(sentence: "There are no templates in \(folder.path).") }
    self.library = library
  }

  /// - Returns: the text, or nothing where there is no template of that name: a slip in our own code that
  ///   the tests of every page would show.
  public func render(_ name: String, _ view: View) -> String {
    trace?(name, view)
    return library.render(view, withTemplate: name) ?? ""
  }

  public struct Failure: Error, CustomStringConvertible {
    let sentence: String
    public var description: String { sentence }
  }

  /// A partial starts with the library's own escaping again, so each file names ours.
  private static func prepared(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: true)
      .map { $0.drop(while: { $0 == " " }) }
    return "{{% CONTENT_TYPE:\(EscapedHTML.name)}}" + lines.joined(separator: "\n")
  }
}
