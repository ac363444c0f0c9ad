/// One of our ES modules, read as far as a bundle of several needs to know it.
///
/// It understands the forms that we use and refuses all others: `import { a, b as c } from './name.js'` and
/// `import './name.js'` at the head, over as many lines as they like; `export` before `const`, `function`,
/// `async function` or `class`; and `import('./name.js')` anywhere for what is loaded on first use.
struct ScriptModule: Sendable {
  /// What a module takes from another when it starts.
  struct Import: Sendable {
    struct Name: Sendable {
      let exported: String
      let local: String
    }

    /// Without `.js`.
    let module: String
    let names: [Name]
    let line: Int

    /// Between braces, with " as " for an import and ": " for what takes the same from an object.
    func clause(_ separator: String) -> String {
      let names = names.map { $0.exported == $0.local ? $0.local : $0.exported + separator + $0.local }
      return "{ \(names.joined(separator: ", ")) }"
    }
  }

  /// A module that is loaded when it is first used.
  struct LazyImport: Sendable {
    let module: String
    let line: Int
  }

  /// Of its file, without `.js`.
  let name: String
  let imports: [Import]
  let exports: [String]
  let lazyImports: [LazyImport]
  /// All but the imports, with `export` where a line exports.
  let code: [Substring]

  var file: String { name + ".js" }

  /// What holds its exports in a bundle. No name in our modules starts with a dollar.
  var namespace: String { "$" + name.replacing("-", with: "_") }

  /// - Throws: ``SourceFault`` for a form that it does not know.
  init(name: String, source: String) throws {
    let file = name + ".js"
    guard ScriptSyntax.isModuleName(name) else {
      throw SourceFault("The name of the module \(file) holds more than letters, digits and hyphens.")
    }
    var imports: [Import] = []
    var exports: [String] = []
    var lazyImports: [LazyImport] = []
    var code: [Substring] = []
    let isLazy = source.contains("import(")
    var lines = try SourceText.lines(of: source, file: file)[...]
    while let line = lines.popFirst() {
      func fault(_ what: String) -> SourceFault { SourceFault(file, line: line.number, what) }
      if ScriptSyntax.starts(line.text, with: "import") {
        guard code.isEmpty else { throw fault("imports below the head of the module") }
        var statement = line.text
        while !statement.contains("'"), let next = lines.popFirst() { statement += " " + next.text }
        guard let (module, names) = ScriptSyntax.imported(by: statement) else {
          throw fault("imports in a form other than { name } from './module.js'")
        }
        imports.append(Import(module: module, names: names, line: line.number))
        continue
      }
      if ScriptSyntax.starts(line.text, with: "export") {
        guard let name = ScriptSyntax.exported(by: line.text) else {
          throw fault("exports what is no const, function or class with a name")
        }
        exports.append(name)
      }
      guard !line.text.hasPrefix("var ") else {
        throw fault("says var, which other modules of a bundle would see")
      }
      if isLazy {
        for module in ScriptSyntax.lazilyImported(by: line.text) {
          guard let module else { throw fault("loads a module in a form other than import('./module.js')") }
          lazyImports.append(LazyImport(module: module, line: line.number))
        }
      }
      code.append(line.text)
    }
    self.name = name
    self.imports = imports
    self.exports = exports
    self.lazyImports = lazyImports
    self.code = code
  }
}
