/// Reads the lines of a module that say what it imports and exports. By hand, since regular expressions took most of
/// the time to start.
enum ScriptSyntax {
  /// Whether it is that statement: `import(…)` and `import.meta` are none.
  static func starts(_ line: Substring, with word: String) -> Bool {
    guard line.hasPrefix(word), let next = line.utf8.dropFirst(word.utf8.count).first else {
      return line == word
    }
    return !isWord(next) && next != UInt8(ascii: "(") && next != UInt8(ascii: ".")
  }

  /// What `import { one, two as other } from './name.js'` or `import './name.js'` names.
  static func imported(by statement: Substring) -> (module: String, names: [ScriptModule.Import.Name])? {
    let parts = statement.split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].isEmpty || parts[2] == ";", let module = module(at: parts[1]) else {
      return nil
    }
    if parts[0] == "import " { return (module, []) }
    let clause = parts[0].split(omittingEmptySubsequences: false) { $0 == "{" || $0 == "}" }
    guard clause.count == 3, clause[0] == "import ", clause[2] == " from " else { return nil }
    var names: [ScriptModule.Import.Name] = []
    for item in clause[1].split(separator: ",") {
      let words = item.split(separator: " ").map(String.init)
      switch words.count {
      case 0: continue
      case 1: names.append(.init(exported: words[0], local: words[0]))
      case 3 where words[1] == "as": names.append(.init(exported: words[0], local: words[2]))
      default: return nil
      }
    }
    return (module, names)
  }

  /// The name of the constant, function or class that the line exports.
  static func exported(by line: Substring) -> String? {
    var words = line.split(separator: " ", maxSplits: 4).dropFirst()
    if words.first == "async", words.dropFirst().first == "function" { words.removeFirst() }
    guard let kind = words.popFirst(), ["const", "function", "class"].contains(kind), let word = words.first
    else { return nil }
    let name = word.utf8.prefix(while: isWord)
    return name.isEmpty ? nil : String(Substring(name))
  }

  /// The module of each `import('./name.js')`, or nil for one of another form.
  static func lazilyImported(by line: Substring) -> [String?] {
    let parts = line.split(separator: "import(", omittingEmptySubsequences: false)
    return zip(parts, parts.dropFirst()).compactMap { before, behind in
      if let last = before.utf8.last, isWord(last) || last == UInt8(ascii: ".") { return nil }
      let pieces = behind.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
      guard pieces.count == 3, pieces[0].isEmpty, pieces[2].hasPrefix(")") else { return .some(nil) }
      return .some(module(at: pieces[1]))
    }
  }

  static func isModuleName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { isWord($0) && $0 != UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
  }

  /// The name in `./name.js`.
  private static func module(at path: Substring) -> String? {
    guard path.hasPrefix("./"), path.hasSuffix(".js"), path.utf8.count > 5 else { return nil }
    return String(path.dropFirst(2).dropLast(3))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
      true
    default: false
    }
  }
}
