/// Modules as one, so that a page asks for a single file: each in a block of its own, behind those that it imports.
/// It takes for granted that an import or an export stands on one line and names what it means, that no imports go in
/// a circle, and that no exported variable changes.
struct ModuleBundle {
  /// By name without `.js`, as ``SourceText/lean(_:)`` leaves them.
  private let sources: [String: String]
  private var names: Set<String> = []
  private var parts: [String] = []

  /// - Returns: `entry` with all that it imports.
  static func text(of entry: String, in sources: [String: String]) -> String {
    var bundle = ModuleBundle(sources: sources)
    bundle.add(entry)
    return bundle.parts.joined(separator: "\n")
  }

  private init(sources: [String: String]) { self.sources = sources }

  private mutating func add(_ name: String) {
    guard names.insert(name).inserted, let source = sources[name] else { return }
    var imports: [String] = []
    var exports: [Substring] = []
    var lines: [Substring] = []
    for line in source.split(separator: "\n") {
      if let (names, module) = Self.imported(by: line) {
        add(String(module))
        if let names { imports.append("const \(names) = $\(module)") }
      } else if let name = Self.exported(by: line) {
        exports.append(name)
        lines.append(line.dropFirst("export ".count))
      } else {
        lines.append(line)
      }
    }
    guard !lines.isEmpty else { return }
    parts += ["{"] + imports + lines.map(String.init)
    // Seen outside of the block, as nothing else in it is.
    if !exports.isEmpty { parts.append("var $\(name) = { \(exports.joined(separator: ", ")) }") }
    parts.append("}")
  }

  // By hand, since a regular expression, made anew for each line, took most of the time to start.

  /// What `import { one, two } from './name.js'` names, if anything, and `name`.
  private static func imported(by line: Substring) -> (names: Substring?, module: Substring)? {
    let parts = line.split(separator: "'", omittingEmptySubsequences: false)
    guard line.hasPrefix("import "), parts.count == 3, parts[1].hasPrefix("./"), parts[1].hasSuffix(".js")
    else { return nil }
    let names = parts[0].dropFirst("import ".count)
    let module = parts[1].dropFirst("./".count).dropLast(".js".count)
    return (names.hasSuffix(" from ") ? names.dropLast(" from ".count) : nil, module)
  }

  /// The name of the constant, variable or function that the line exports.
  private static func exported(by line: Substring) -> Substring? {
    guard line.hasPrefix("export ") else { return nil }
    let words = line.split(separator: " ", maxSplits: 4).dropFirst().drop { $0 == "async" }
    guard let kind = words.first, ["const", "let", "function"].contains(kind) else { return nil }
    return words.dropFirst().first?.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
  }
}
