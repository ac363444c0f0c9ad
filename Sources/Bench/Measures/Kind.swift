import ArgumentParser

/// What can be measured.
enum Kind: String, CaseIterable, ExpressibleByArgument, Sendable {
  case start, pages, viewers, sends, fanout, groups, texts, acts, arrival, idle, noise, growth

  func measure(_ bench: Workbench) async throws -> [Row] {
    bench.progress.say("\(self)")
    return switch self {
    case .start: try StartMeasure(bench: bench).rows()
    case .pages: try PagesMeasure(bench: bench).rows()
    case .viewers: try ViewersMeasure(bench: bench).rows()
    case .sends: try SendsMeasure(bench: bench).rows()
    case .fanout: try FanOutMeasure(bench: bench).rows()
    case .groups: try GroupsMeasure(bench: bench).rows()
    case .texts: try TextsMeasure(bench: bench).rows()
    case .acts: try ActsMeasure(bench: bench).rows()
    case .arrival: try ArrivalMeasure(bench: bench).rows()
    case .idle: try IdleMeasure(bench: bench).rows()
    case .noise: try NoiseMeasure(bench: bench).rows()
    case .growth: try await GrowthMeasure(bench: bench).rows()
    }
  }
}
