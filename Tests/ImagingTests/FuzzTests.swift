import Foundation
import Imaging
import Testing

/// Spoiled files: nothing crashes, and what is accepted is stored as something that is accepted again.
///
/// `NEXTALK_FUZZ` is the number of inputs, `NEXTALK_FUZZ_SEED` where they begin.
@Suite struct FuzzTests {
  @Test func whatIsAcceptedIsStoredSound() throws {
    let environment = ProcessInfo.processInfo.environment
    let inputs = environment["NEXTALK_FUZZ"].flatMap { Int($0) } ?? 50_000
    let seed = environment["NEXTALK_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    var mutator = Mutator(random: SeededGenerator(seed: seed))
    var accepted: [ImageFile.Format: Int] = [:]
    let time = try ContinuousClock().measure {
      for _ in 0..<inputs {
        let bytes = mutator.next(of: Sample.all)
        guard let file = try? ImageFile(bytes) else { continue }
        accepted[file.format, default: 0] += 1
        let stored = file.stored(from: bytes)
        let again = try #require(try? ImageFile(stored), "accepted once only: \(bytes)")
        let isSame =
          again.format == file.format && again.width == file.width && again.height == file.height
          && again.isAnimated == file.isAnimated && again.stored(from: stored) == stored
          && stored.count == file.storedCount
        try #require(isSame, "not the same again: \(bytes)")
      }
    }
    let sum = accepted.values.reduce(0, +)
    let formats = ImageFile.Format.allCases.map { "\(accepted[$0, default: 0]) \($0)" }.joined(
      separator: ", ")
    print("Imaging fuzz: \(inputs) inputs, \(sum) accepted (\(formats)), \(inputs - sum) refused, \(time)")
    // Else the changes are too coarse, or refuse nothing, and this shows nothing.
    for format in ImageFile.Format.allCases where inputs >= 1_000 {
      #expect(accepted[format, default: 0] > 0)
    }
    #expect(inputs < 1_000 || sum < inputs)
  }
}
