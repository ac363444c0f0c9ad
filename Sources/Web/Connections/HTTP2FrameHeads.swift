/// Finds the heads of HTTP/2's frames (RFC 9113, 4.1) in what a client sends, in whatever pieces it comes. Pure.
struct HTTP2FrameHeads {
  enum Kind {
    case data, headers, reset, windowUpdate, continuation, other
  }

  private static let prefaceBytes = 24

  /// How much is left of what comes before the next head.
  private var skip = prefaceBytes
  /// The length and the kind, as far as they have come.
  private var head = 0
  private var headBytes = 0

  mutating func read(_ bytes: UnsafeRawBufferPointer, _ found: (Kind, Int) -> Void) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if skip > 0 {
        let count = min(skip, rest.count)
        skip -= count
        rest = rest.dropFirst(count)
        continue
      }
      guard let byte = rest.popFirst() else { return }
      head = head << 8 | Int(byte)
      headBytes += 1
      guard headBytes == 4 else { continue }
      let length = head >> 8
      let kind: Kind =
        switch head & 0xff {
        case 0: .data
        case 1: .headers
        case 3: .reset
        case 8: .windowUpdate
        case 9: .continuation
        default: .other
        }
      found(kind, length)
      // Flags and stream.
      skip = 5 + length
      (head, headBytes) = (0, 0)
    }
  }
}
