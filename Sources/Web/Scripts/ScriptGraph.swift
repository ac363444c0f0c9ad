/// Modules and what they import of each other, which is there, is exported, and goes in no circle.
struct ScriptGraph: Sendable {
  /// By name.
  let modules: [String: ScriptModule]

  /// - Throws: ``SourceFault`` where an import names what is not there, or modules import each other in a circle.
  init(_ modules: [ScriptModule]) throws {
    self.modules = Dictionary(uniqueKeysWithValues: modules.map { ($0.name, $0) })
    for module in modules {
      for each in module.imports { try check(each, of: module) }
      for each in module.lazyImports where self.modules[each.module] == nil {
        throw SourceFault(module.file, line: each.line, "loads \(each.module).js, which is not there")
      }
    }
    var cleared: Set<String> = []
    for module in modules { try refuseCircles(from: module, behind: [], &cleared) }
  }

  /// - Returns: a module behind all that it imports, each once, in the order in which a browser runs them. Those that
  ///   are `held` elsewhere, and what they import, are left out.
  func modules(from name: String, held: Set<String> = []) -> [ScriptModule] {
    var found: [ScriptModule] = []
    var seen = held
    func add(_ name: String) {
      guard seen.insert(name).inserted, let module = modules[name] else { return }
      for each in module.imports { add(each.module) }
      found.append(module)
    }
    add(name)
    return found
  }

  private func check(_ imported: ScriptModule.Import, of module: ScriptModule) throws {
    guard let other = modules[imported.module] else {
      throw SourceFault(module.file, line: imported.line, "imports \(imported.module).js, which is not there")
    }
    if let name = imported.names.first(where: { !other.exports.contains($0.exported) }) {
      throw SourceFault(
        module.file, line: imported.line, "imports \(name.exported), which \(other.file) does not export")
    }
  }

  private func refuseCircles(
    from module: ScriptModule, behind path: [ScriptModule], _ cleared: inout Set<String>
  ) throws {
    let path = path + [module]
    if let start = path.dropLast().firstIndex(where: { $0.name == module.name }) {
      let names = path[start...].map(\.file).joined(separator: ", ")
      throw SourceFault("Modules import each other in a circle: \(names).")
    }
    guard !cleared.contains(module.name) else { return }
    for each in module.imports {
      guard let next = modules[each.module] else { continue }
      try refuseCircles(from: next, behind: path, &cleared)
    }
    cleared.insert(module.name)
  }
}
