/// All modules of a folder as they are served, each at the address of its file: the entries, which pages name, as
/// bundles of what they import, what these load on first use as ``ScriptBundle`` says, and every other module alone.
struct Scripts: Sendable {
  /// By name, without `.js`.
  let texts: [String: String]

  /// - Parameters:
  ///   - sources: by name, without `.js`.
  ///   - replaced: other texts for some of them, such as sentences in another language.
  /// - Throws: ``SourceFault``.
  init(_ sources: [String: String], replaced: [String: String] = [:], entries: [String]) throws {
    let sources = sources.merging(replaced) { $1 }.sorted { $0.key < $1.key }
    let graph = try ScriptGraph(sources.map { try ScriptModule(name: $0.key, source: $0.value) })
    var texts: [String: String] = [:]
    for entry in entries {
      guard graph.modules[entry] != nil else { throw SourceFault("There is no module \(entry).js.") }
      for (name, text) in try ScriptBundle(of: entry, in: graph).texts {
        guard texts.updateValue(text, forKey: name) ?? text == text else {
          throw SourceFault(
            "\(name).js is loaded on first use from two bundles that each hold what it imports.")
        }
      }
    }
    for (name, module) in graph.modules where texts[name] == nil { texts[name] = Self.alone(module) }
    self.texts = texts
  }

  private static func alone(_ module: ScriptModule) -> String {
    let imports = module.imports.map { each in
      "import " + (each.names.isEmpty ? "" : each.clause(" as ") + " from ") + "'./\(each.module).js'"
    }
    return (imports + module.code.map(String.init)).joined(separator: "\n")
  }
}
