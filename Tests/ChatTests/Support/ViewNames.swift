import Foundation
import Synchronization
import Web

@testable import Chat

/// What the servers of the tests gave their templates, held against what those use: a name that one side has and the
/// other lacks is a slip that shows as nothing at all.
final class ViewNames: Sendable {
  static let all = ViewNames()

  private struct Slips: Sendable {
    /// By template: what each view of it gave.
    var given: [String: Set<String>] = [:]
    var found: Set<String> = []
  }

  private let templates = TemplateNames(folder: TestServer.root.appending(path: "Templates"))
  private let state = Mutex(Slips())

  func note(_ template: String, _ view: View) {
    let names = view.names
    let missing = templates.needed(by: template).subtracting(names.own)
    state.withLock { state in
      state.given[template, default: []].formUnion(names.all)
      for name in missing { state.found.insert("\(template) uses \(name), which it is not given") }
    }
  }

  /// Every slip so far, as a sentence.
  var slips: [String] {
    state.withLock { state in
      state.found
        + state.given.flatMap { template, names in
          names.subtracting(templates.used).map {
            "\(template) is given \($0), which no template uses"
          }
        }
    }.sorted()
  }
}

/// The names in the templates of a folder.
struct TemplateNames: Sendable {
  /// One tag: `{{#name}}` is `#` and `name`.
  private struct Tag: Sendable {
    let sign: Character?
    let name: String
  }

  private let tags: [String: [Tag]]

  init(folder: URL) {
    var tags: [String: [Tag]] = [:]
    let files = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    for file in files where file.hasSuffix(".mustache") {
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      tags[String(file.dropLast(".mustache".count))] = text.matches(
        of: /\{\{\{?([#^\/>&<$]?)([\w.\-\/]+)\}?\}\}/
      )
      .map { Tag(sign: $0.1.first, name: String($0.2)) }
    }
    self.tags = tags
  }

  /// All that any of them names.
  var used: Set<String> {
    let names = tags.values.joined().filter { $0.sign.map { "#^&".contains($0) } ?? true }
    return Set(names.map(\.name))
  }

  /// What it and its partials name outside of every section, where only its own view can give it.
  func needed(by template: String) -> Set<String> {
    var names: Set<String> = []
    var depth = 0
    for tag in tags[template] ?? [] {
      switch tag.sign {
      case "#", "^":
        if depth == 0 { names.insert(tag.name) }
        depth += 1
      case "/": depth -= 1
      // What stands within a layout counts as inside.
      case "<", "$": depth += 1
      case ">": if depth == 0 { names.formUnion(needed(by: tag.name)) }
      default: if depth == 0, tag.name != "." { names.insert(tag.name) }
      }
    }
    return names
  }
}
