import Foundation

/// Rows as text for people, a block for each group and set of columns, or as JSON.
struct Table {
  let rows: [Row]

  var text: String {
    var lines: [String] = []
    var header: [String] = []
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    for row in rows {
      let columns = [row.group] + row.figures.map(\.name)
      if columns != header {
        if !lines.isEmpty { lines.append("") }
        let names = row.figures.map { Self.right($0.name, $0.name.count) }
        lines.append(Self.left(row.group, width) + names.joined())
        header = columns
      }
      let cells = row.figures.map { Self.right(Self.number($0.value), $0.name.count) }
      lines.append(Self.left(row.name, width) + cells.joined() + (row.note.map { "  \($0)" } ?? ""))
    }
    return lines.joined(separator: "\n")
  }

  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(rows), as: UTF8.self)
  }

  /// Three digits that count.
  static func number(_ value: Double) -> String {
    String(format: value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
  }

  private static func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private static func right(_ text: String, _ name: Int) -> String {
    String(repeating: " ", count: max(2, max(name, 9) + 2 - text.count)) + text
  }
}
