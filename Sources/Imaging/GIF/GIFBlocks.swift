extension ByteReader {
  /// A data sub-block of GIF (GIF89a, section 15): its length in a byte, its data. Nil for the terminator.
  mutating func subBlock() throws(ImageFile.Refusal) -> Range<Int>? {
    let length = Int(try byte())
    return length == 0 ? nil : try take(length)
  }

  /// Passes over all sub-blocks to the terminator (section 16) and says how many there were.
  @discardableResult
  mutating func passSubBlocks() throws(ImageFile.Refusal) -> Int {
    var count = 0
    while try subBlock() != nil { count += 1 }
    return count
  }

  /// Passes over the colour table that a screen or image descriptor announces, if it does (section 19, 21).
  mutating func passColourTable(_ flags: UInt8) throws(ImageFile.Refusal) {
    if flags & 0x80 != 0 { try take(3 << (Int(flags & 7) + 1)) }
  }
}
