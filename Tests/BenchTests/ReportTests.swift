import Testing

@testable import Bench

/// Percentiles, medians and the table.
@Suite struct ReportTests {
  @Test func percentiles() {
    var latencies = Latencies()
    #expect(latencies.percentile(0.5) == 0)
    for value in (1...100).reversed() { latencies.add(Nanoseconds(value) * 1_000_000) }
    #expect(latencies.percentile(0.5) == 50)
    #expect(latencies.percentile(0.99) == 99)
    #expect(latencies.percentile(1) == 100)
    #expect(Latencies.median([]) == 0)
    #expect(Latencies.median([3, 1, 2]) == 2)
    #expect(Latencies.median([4, 1, 2, 3]) == 2.5)
  }

  @Test func runs() {
    let runs = [3.0, 1, 2].map { [Row("g", "n", [.init("x", $0), .init("y", 10 * $0)])] }
    let rows = Row.medians(of: runs)
    #expect(rows.count == 1)
    #expect(rows.first?.value("x") == 2)
    #expect(rows.first?.value("y") == 20)
  }

  @Test func table() {
    let rows = [Row("g", "one", [.init("x", 1.234)]), Row("g", "two", [.init("y", 1_234.5)], note: "late")]
    let lines = Table(rows: rows).text.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("one") && lines[1].contains("1.23"))
    #expect(lines[2].hasPrefix("two") && lines[2].hasSuffix("1234  late"))
  }

  @Test func processes() throws {
    let stat = "7 (a) b) S 1 7 7 0 -1 4194560 4 0 0 0 150 50 0 0 20 0 1 0 100 1 1"
    #expect(try ProcessFigures.processorTime(stat: stat, ticksPerSecond: 100) == 2_000_000_000)
    #expect(throws: BenchError.self) {
      try ProcessFigures.processorTime(stat: "7 (a) S", ticksPerSecond: 100)
    }
    let memory = try ProcessFigures.memory(status: "Name:\ta\nVmRSS:\t  100 kB\nRssAnon:\t   40 kB\n")
    #expect(memory.resident == 102_400)
    #expect(memory.anonymous == 40_960)
  }
}
