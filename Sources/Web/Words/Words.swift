import Foundation
import HTTPTypes
import Hummingbird

/// The languages that there are words in: English, and those with a catalogue in `Templates/languages`, a file
/// `TAG.po` each. Read once at the start.
public struct Words: Sendable {
  /// English first.
  public let languages: [Language]

  /// - Throws: where a catalogue cannot be read or understood, as an error whose description says which and why.
  public init(folder: URL) throws {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    languages =
      [.english]
      + (try files.filter { $0.hasSuffix(".po") }.sorted().map { name in
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return Language(
          tag: String(name.dropLast(".po".count)), catalogue: Catalogue(try CatalogueFile(text, name: name)))
      })
  }

  /// English where there is no other.
  public func language(tagged tag: String) -> Language { lookUp(tag) ?? .english }

  /// The language of an answer, by `Accept-Language`.
  public func language(of request: Request) -> Language {
    guard languages.count > 1, let accepted = request.headers[.acceptLanguage] else { return .english }
    return LanguageRanges(accepted).tags.lazy.compactMap { lookUp($0) }.first ?? .english
  }

  /// RFC 4647, 3.4: the tag, then the same without its last part, and so on.
  private func lookUp(_ range: String) -> Language? {
    var parts = range.split(separator: "-")
    while !parts.isEmpty {
      let tag = parts.joined(separator: "-").lowercased()
      if let found = languages.first(where: { $0.tag.lowercased() == tag }) { return found }
      parts.removeLast()
      // A part of one letter says what kind the next one is, and nothing alone.
      if parts.last?.count == 1 { parts.removeLast() }
    }
    return nil
  }
}
