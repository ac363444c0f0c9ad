import Web

/// The whole URL map as text, which `nextalk routes` prints.
public enum RouteMap {
  /// One line a route, by address: method, address, who may, the largest body, and how often.
  public static func text(in language: Language) -> String {
    let rows = Features.lines
      .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
      .map { $0.columns(in: language) }
    let widths = rows.reduce(into: [Int: Int]()) { widths, row in
      for (column, text) in row.dropLast().enumerated() {
        widths[column] = max(widths[column] ?? 0, text.count)
      }
    }
    return rows.map { row in
      row.enumerated().map { column, text in
        text + String(repeating: " ", count: max(0, (widths[column] ?? 0) - text.count))
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
