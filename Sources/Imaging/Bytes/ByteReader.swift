/// A place in a range of bytes that moves forward and never past its end: asking for more than there is
/// throws `damaged`.
struct ByteReader {
  enum Order { case big, little }

  let bytes: [UInt8]
  /// An index of `bytes`, at most `end`.
  private(set) var position: Int
  let end: Int
  /// Whether more was asked for than there is.
  private(set) var hasRunOut = false

  init(_ bytes: [UInt8]) {
    self.init(bytes, in: bytes.indices)
  }

  /// Reads only `range`, as far as it lies in `bytes`.
  init(_ bytes: [UInt8], in range: Range<Int>) {
    let range = range.clamped(to: bytes.indices)
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  var isAtEnd: Bool { position == end }

  mutating func byte() throws(ImageFile.Refusal) -> UInt8 {
    guard position < end else { throw runOut() }
    defer { position += 1 }
    return bytes[position]
  }

  /// Passes over `count` bytes and says where they are.
  @discardableResult
  mutating func take(_ count: Int) throws(ImageFile.Refusal) -> Range<Int> {
    guard count >= 0 else { throw .damaged }
    guard count <= end - position else { throw runOut() }
    defer { position += count }
    return position..<position + count
  }

  /// An unsigned number of at most 4 bytes.
  mutating func integer(_ count: Int, _ order: Order) throws(ImageFile.Refusal) -> Int {
    var value = 0
    for index in 0..<count {
      let byte = Int(try byte())
      value = order == .big ? value << 8 | byte : value | byte << (8 * index)
    }
    return value
  }

  /// Moves to the next byte 0xFF.
  mutating func seekFF() throws(ImageFile.Refusal) {
    let found = nextFF
    guard found < end else { throw runOut() }
    position = found
  }

  private mutating func runOut() -> ImageFile.Refusal {
    hasRunOut = true
    return .damaged
  }

  /// Where it is, or `end`. By eight bytes at a time where there is none.
  private var nextFF: Int {
    let raw = bytes.span.bytes
    var index = position
    while end - index >= 8 {
      let inverted = ~raw.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      // Nonzero exactly if a byte of `inverted` is zero.
      guard (inverted &- 0x0101_0101_0101_0101) & ~inverted & 0x8080_8080_8080_8080 == 0 else { break }
      index += 8
    }
    while index < end, bytes[index] != 0xFF { index += 1 }
    return index
  }
}
