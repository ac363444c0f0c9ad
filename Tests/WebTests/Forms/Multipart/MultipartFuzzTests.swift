import Foundation
import Testing
import Web

/// Bodies broken by chance. `NEXTALK_FUZZ` says how many.
@Suite struct MultipartFuzzTests {
  private static let limits = MultipartLimits(
    parts: 4, headerBytes: 160, headerFields: 4, preambleBytes: 40)
  private static let tokens = [
    "\r\n", "\r", "\n", "--", "\r\n\r\n", "\"", "\\", ";", ":", " ", "%22", "%0D", "\0", "=", "name=a",
    "; filename=\"x\"", "Content-Disposition: form-data; name=\"a\"\r\n", "Content-Type: a/b\r\n",
    "filename*=x",
    "Content-Transfer-Encoding: base64\r\n",
  ].map { Array($0.utf8) }

  @Test func mutated() throws {
    let wanted = ProcessInfo.processInfo.environment["NEXTALK_FUZZ"].flatMap { Int($0) } ?? 4_000
    var random = SplitMix(seed: 3)
    var accepted = 0
    let time = try ContinuousClock().measure {
      for _ in 0..<wanted {
        let form = RandomForm(using: &random)
        let body = Self.mutated(form, &random)
        let isGood = try check(body, form.boundary, &random)
        if isGood { accepted += 1 }
      }
    }
    print("multipart fuzz: \(wanted) inputs, \(accepted) accepted, \(wanted - accepted) refused, \(time)")
    #expect(wanted < 1_000 || (accepted > wanted / 50 && accepted < wanted * 49 / 50), "fuzzing at the mark")
  }

  @Test func boundaries() {
    let pieces = [
      "multipart/form-data", "; ", ";", "boundary", "=", "a", "\"", "\\", " ", "\t", "é", "\0", "charset=x",
      "; boundary=", "B", ",", "\r\n", String(repeating: "y", count: 69),
    ]
    var random = SplitMix(seed: 5)
    var accepted = 0
    for _ in 0..<2_000 {
      let header = (0..<Int.random(in: 0...6, using: &random)).reduce(into: "multipart/form-data; boundary=")
      {
        text, _ in text += pieces.randomElement(using: &random) ?? ""
      }
      if let boundary = MultipartBoundary(contentType: header) {
        accepted += 1
        let count = "\(boundary)".utf8.count
        if count > 70 || count == 0 { Issue.record("\(count) bytes of \(header.debugDescription)") }
      }
    }
    #expect(accepted > 100 && accepted < 1_900)
  }

  /// - Returns: whether the body was accepted.
  private func check(_ body: [UInt8], _ boundary: String, _ random: inout SplitMix) throws -> Bool {
    let shown = { String(decoding: body, as: UTF8.self).debugDescription }
    let whole = try outcome([body[...]], boundary)
    let most = Int.random(in: 1...30, using: &random)
    let cut = try outcome(body.chunked(upTo: most, using: &random), boundary)
    guard whole == cut else {
      Issue.record("\(whole) whole, \(cut) in chunks: \(shown())")
      return false
    }
    guard case .success(let form) = whole else { return false }
    let dataCount = form.parts.map(\.bytes.count).reduce(0, +)
    // A byte that is no UTF-8 becomes three.
    let textCount = form.parts.map { part in
      [part.header.name, part.header.fileName, part.header.contentType].compactMap { $0?.utf8.count }
        .reduce(0, +)
    }.reduce(0, +)
    if dataCount + textCount / 3 > body.count || form.parts.count > Self.limits.parts {
      Issue.record("more came out than went in: \(shown())")
    }
    if NaiveMultipart(body, boundary: boundary)?.bodies != form.parts.map(\.bytes) {
      Issue.record("the naive reading differs: \(shown())")
    }
    return true
  }

  private func outcome(
    _ chunks: [ArraySlice<UInt8>], _ boundary: String
  ) throws -> Result<ReadForm, MultipartError> {
    do {
      return .success(try ReadForm(chunks, boundary: boundary, limits: Self.limits))
    } catch let error as MultipartError {
      return .failure(error)
    }
  }

  private static func mutated(_ form: RandomForm, _ random: inout SplitMix) -> [UInt8] {
    var body = form.body
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let start = Int.random(in: 0...body.count, using: &random)
      let end = min(body.count, start + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<8, using: &random) {
      case 0: body.removeSubrange(start..<end)
      case 1: body.insert(contentsOf: body[start..<end], at: Int.random(in: 0...body.count, using: &random))
      case 2: body.insert(contentsOf: tokens.randomElement(using: &random) ?? [], at: start)
      case 3: body.insert(contentsOf: Array("\r\n--\(form.boundary)".utf8), at: start)
      case 4: body.replaceSubrange(start..<end, with: tokens.randomElement(using: &random) ?? [])
      case 5: body.insert(.random(in: .min ... .max, using: &random), at: start)
      case 6 where start < body.count: body[start] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 7 where random.chance(0.2): body.removeSubrange(start...)
      default: body.insert(contentsOf: repeatElement(0x20, count: 3), at: start)
      }
    }
    return body
  }
}
