/// One line of the table.
struct Row: Sendable, Encodable {
  let group: String
  let name: String
  var figures: [Figure]
  /// What the figures do not say.
  var note: String?

  /// A number under the name and unit of its column.
  struct Figure: Sendable, Encodable {
    let name: String
    let value: Double

    init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  init(_ group: String, _ name: String, _ figures: [Figure], note: String? = nil) {
    self.group = group
    self.name = name
    self.figures = figures
    self.note = note
  }

  func value(_ name: String) -> Double? { figures.first { $0.name == name }?.value }

  /// One table out of the tables of several runs: the medians of each figure.
  static func medians(of runs: [[Row]]) -> [Row] {
    guard var rows = runs.first else { return [] }
    for index in rows.indices {
      let same = runs.compactMap { run in
        run.first { $0.group == rows[index].group && $0.name == rows[index].name }
      }
      rows[index].figures = rows[index].figures.map { figure in
        Figure(figure.name, Latencies.median(same.compactMap { $0.value(figure.name) }))
      }
      rows[index].note = same.compactMap(\.note).last
    }
    return rows
  }
}
