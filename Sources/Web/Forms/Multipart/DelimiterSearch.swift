import NIOCore

/// Looks for `CRLF -- boundary` in bytes that come in chunks.
///
/// A boundary has no CR, so CR is only the delimiter's first byte: after a mismatch the search goes on behind
/// what matched, each byte is looked at once, and a delimiter cut by the end of a chunk is one number. What was
/// held back and is data after all is taken from the delimiter itself.
struct DelimiterSearch {
  private let delimiter: ByteBuffer
  /// How many bytes of the delimiter stand at the end of what was searched.
  private var matched = 0
  /// How many of those are bytes before the search began.
  private var assumed = 0

  struct Step {
    /// Data from the end of former chunks, which was held back; rarely there.
    var heldBack: ByteBuffer?
    /// How many bytes at the front of the chunk are data.
    var dataCount = 0
    /// How many bytes of the chunk are done with: the data, and what follows of a delimiter.
    var consumed = 0
    var isFound = false
  }

  init(_ boundary: MultipartBoundary) {
    var delimiter = ByteBuffer(string: "\r\n--")
    delimiter.writeBytes(boundary.bytes)
    self.delimiter = delimiter
    restart()
  }

  /// Begins anew after a line end, which can be the delimiter's: before a preamble and before an empty part
  /// there is no other one.
  mutating func restart() {
    matched = 2
    assumed = 2
  }

  /// Searches the readable bytes.
  mutating func scan(_ chunk: ByteBuffer) -> Step {
    let delimiter = delimiter
    let wanted = delimiter.readableBytesUInt8Span
    let bytes = chunk.readableBytesUInt8Span
    var step = Step()
    if matched > 0 {
      let held = assumed..<matched
      step.consumed = bytes.agreement(from: 0, with: wanted, from: matched)
      matched += step.consumed
      step.isFound = matched == wanted.count
      if step.isFound || step.consumed == bytes.count { return step }
      step.heldBack = held.isEmpty ? nil : delimiter.getSlice(at: held.lowerBound, length: held.count)
      matched = 0
      assumed = 0
    }
    while let start = bytes.firstIndex(of: UInt8(ascii: "\r"), from: step.consumed) {
      let count = bytes.agreement(from: start, with: wanted, from: 0)
      step.consumed = start + count
      step.isFound = count == wanted.count
      if step.isFound || step.consumed == bytes.count {
        matched = count
        step.dataCount = start
        return step
      }
    }
    step.dataCount = bytes.count
    step.consumed = bytes.count
    return step
  }
}
