/// Our style sheets and modules as they are served: without what is there for their reader alone, which is the white
/// space around a line, empty lines, and lines that are comments.
///
/// It needs no knowledge of either language, since our files keep to these rules, and it refuses one that does not:
/// a comment of several lines starts and ends its lines, and no text between quotes or backticks spans lines. A comment
/// behind code, and two slashes in a string, are left as they are.
enum SourceText {
  struct Line: Sendable {
    /// In the file, from 1.
    let number: Int
    let text: Substring
  }

  /// - Parameter file: its name, for what is thrown.
  /// - Throws: ``SourceFault`` where a line breaks a rule.
  static func lines(of source: String, file: String) throws -> [Line] {
    var lines: [Line] = []
    /// Where the comment of several lines starts that is being read.
    var comment: Int?
    var number = 0
    for bytes in source.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      let text = trimmed(bytes)
      if text.hasPrefix("/*") { comment = comment ?? number }
      if comment != nil {
        let parts = text.split(separator: "*/", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count > 1 else { continue }
        guard parts[1].isEmpty else { throw SourceFault(file, line: number, "has code behind a comment") }
        comment = nil
      } else if !text.isEmpty, !text.hasPrefix("//") {
        try check(text, file: file, number: number)
        lines.append(Line(number: number, text: text))
      }
    }
    if let comment { throw SourceFault(file, line: comment, "begins a comment that does not end") }
    return lines
  }

  static func lean(_ source: String, file: String) throws -> String {
    try lines(of: source, file: file).map(\.text).joined(separator: "\n")
  }

  private static func trimmed(_ line: Substring.UTF8View) -> Substring {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    var line = line.drop(while: isSpace)
    while let last = line.last, isSpace(last) || last == UInt8(ascii: "\r") { line.removeLast() }
    return Substring(line)
  }

  private static func check(_ text: Substring, file: String, number: Int) throws {
    var backticks = 0
    var isQuoted = false
    var previous: UInt8 = 0
    var opensComment = false
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "`") where previous != UInt8(ascii: "\\"): backticks += 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: "*") where previous == UInt8(ascii: "/"): opensComment = true
      case UInt8(ascii: "/") where previous == UInt8(ascii: "*"): opensComment = false
      default: break
      }
      previous = byte
    }
    guard backticks.isMultiple(of: 2), previous != UInt8(ascii: "\\") else {
      throw SourceFault(file, line: number, "holds a text that goes on in the next line")
    }
    guard !opensComment || isQuoted || backticks > 0 else {
      throw SourceFault(file, line: number, "begins a comment behind code that goes on in the next line")
    }
  }
}
