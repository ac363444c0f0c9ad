import Foundation

/// Our style sheets and modules as they are served: without what is there for their reader alone, the white
/// space that indents a line and the lines that are comments. In them no text spans lines and no comment
/// shares one with code.
enum SourceText {
  static func isOne(_ mediaType: String) -> Bool {
    mediaType.hasPrefix("text/css") || mediaType.hasPrefix("text/javascript")
  }

  static func lean(_ source: Data) -> Data {
    var lines: [Substring] = []
    var isComment = false
    for line in String(decoding: source, as: UTF8.self).split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("/*") { isComment = true }
      if !isComment, !text.isEmpty, !text.hasPrefix("//") { lines.append(text) }
      if isComment, text.contains("*/") { isComment = false }
    }
    return Data(lines.joined(separator: "\n").utf8)
  }
}
