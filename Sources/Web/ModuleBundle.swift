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
      if let found = line.wholeMatch(of: /import (?:({ .* }) from )?'\.\/(\w+)\.js'/) {
        add(String(found.2))
        if let names = found.1 { imports.append("const \(names) = $\(found.2)") }
      } else if let found = line.prefixMatch(of: /export (?:async )?(?:const|let|function) (\w+)/) {
        exports.append(found.1)
        lines.append(line.dropFirst("export ".count))
      } else {
        lines.append(line)
      }
    }
    guard !lines.isEmpty else { return }
    if !exports.isEmpty { parts.append("let $\(name)") }
    parts += ["{"] + imports + lines.map(String.init)
    if !exports.isEmpty { parts.append("$\(name) = { \(exports.joined(separator: ", ")) }") }
    parts.append("}")
  }
}
