/// What a page loads in place of one module and all that this imports: the first bundle, which is one file, and what is
/// loaded on first use, by `import('./name.js')` in any module of the bundle.
///
/// A module that is loaded on first use comes from its own address, together with what it alone imports. What the first
/// bundle holds is taken from there, and what several modules loaded on first use share has an address of its own, so
/// that each module exists once in a page.
struct ScriptBundle: Sendable {
  /// By the name of the module at whose address each is served.
  private(set) var texts: [String: String] = [:]

  private let graph: ScriptGraph
  private let entry: String
  private let held: Set<String>

  /// - Throws: ``SourceFault`` where what is loaded on first use would be in the first bundle.
  init(of entry: String, in graph: ScriptGraph) throws {
    self.graph = graph
    self.entry = entry
    let first = graph.modules(from: entry)
    held = Set(first.map(\.name))
    let lazy = try lazyModules(from: first)
    for name in lazy { texts[name] = lazyText(of: name, lazy: lazy) }
    let namespaces = Set(lazy.flatMap { parts(of: $0, lazy: lazy).flatMap { takenFromFirst(by: $0) } })
    var lines = first.flatMap(scoped)
    if !namespaces.isEmpty { lines.append("export { \(namespaces.sorted().joined(separator: ", ")) }") }
    texts[entry] = lines.joined(separator: "\n")
  }

  /// The names of those that have an address of their own.
  private func lazyModules(from first: [ScriptModule]) throws -> Set<String> {
    var users: [String: Set<String>] = [:]
    var lazy: Set<String> = []
    var open = first
    while let module = open.popLast() {
      for each in module.lazyImports {
        guard !held.contains(each.module) else {
          throw SourceFault(
            module.file, line: each.line,
            "loads \(each.module).js on first use, which \(entry).js imports from the start")
        }
        guard lazy.insert(each.module).inserted else { continue }
        let behind = graph.modules(from: each.module, held: held)
        for one in behind { users[one.name, default: []].insert(each.module) }
        open += behind
      }
    }
    return lazy.union(users.filter { $0.value.count > 1 }.keys)
  }

  /// A module that is loaded on first use, behind those that come with it.
  private func parts(of name: String, lazy: Set<String>) -> [ScriptModule] {
    graph.modules(from: name, held: held.union(lazy.subtracting([name])))
  }

  private func lazyText(of name: String, lazy: Set<String>) -> String {
    let parts = parts(of: name, lazy: lazy)
    var lines: [String] = []
    let namespaces = Set(parts.flatMap { takenFromFirst(by: $0) })
    if !namespaces.isEmpty {
      lines.append("import { \(namespaces.sorted().joined(separator: ", ")) } from './\(entry).js'")
    }
    let others = Set(parts.flatMap { $0.imports.map(\.module) }).subtracting(held).intersection(lazy)
    for module in others.sorted().compactMap({ graph.modules[$0] }) {
      lines.append("import * as \(module.namespace) from './\(module.file)'")
    }
    for module in parts {
      lines += module.name == name ? taken(by: module) + module.code.map(String.init) : scoped(module)
    }
    return lines.joined(separator: "\n")
  }

  /// The namespaces of the first bundle that a module uses.
  private func takenFromFirst(by module: ScriptModule) -> [String] {
    module.imports.filter { held.contains($0.module) && !$0.names.isEmpty }
      .compactMap { graph.modules[$0.module]?.namespace }
  }

  /// In a block, which keeps its names to itself and, unlike a function, may wait.
  private func scoped(_ module: ScriptModule) -> [String] {
    guard !module.code.isEmpty else { return [] }
    let code = module.code.map { line in
      String(ScriptSyntax.starts(line, with: "export") ? line.dropFirst("export ".count) : line)
    }
    // Seen outside of the block, as nothing else in it is.
    let exports = "var \(module.namespace) = { \(module.exports.joined(separator: ", ")) }"
    return ["{"] + taken(by: module) + code + (module.exports.isEmpty ? [] : [exports]) + ["}"]
  }

  private func taken(by module: ScriptModule) -> [String] {
    module.imports.filter { !$0.names.isEmpty }.compactMap { each in
      graph.modules[each.module].map { "const \(each.clause(": ")) = \($0.namespace)" }
    }
  }
}
