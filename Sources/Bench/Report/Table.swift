import Foundation

/// Rows as text for people, a block for each group, or as JSON.
struct Table {
  let rows: [Row]

  var text: String {
    let width = (rows.map(\.name.count).max() ?? 0) + 2
    var groups: [String] = []
    for row in rows where !groups.contains(row.group) { groups.append(row.group) }
    return groups.map { name in block(name, width) }.joined(separator: "\n\n")
  }

  private func block(_ group: String, _ width: Int) -> String {
    let rows = rows.filter { $0.group == group }
    var columns: [String] = []
    for figure in rows.flatMap(\.figures) where !columns.contains(figure.name) { columns.append(figure.name) }
    let header = Self.left(group, width) + columns.map { Self.right($0, $0.count) }.joined()
    let lines = rows.map { row in
      let cells = columns.map { Self.right(row.value($0).map(Self.number) ?? "", $0.count) }
      return Self.left(row.name, width) + cells.joined() + (row.note.map { "  \($0)" } ?? "")
    }
    return ([header] + lines).joined(separator: "\n")
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
