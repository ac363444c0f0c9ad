/// The turn or reflection that a picture needs to be shown upright: Exif 2.32, tag 0x0112 of the first
/// directory (section 4.6.4). Only in JPEG is it obeyed by all browsers.
///
/// The value 1, "as it is", is not represented: nothing need be stored for it.
struct Orientation: Equatable {
  /// 2...8.
  let value: UInt8

  /// Whether width and height change places.
  var swapsSides: Bool { value >= 5 }

  /// The orientation in Exif data; nil for 1, for none, and for data too broken to tell.
  ///
  /// - Parameter range: `Exif`, two more bytes, and a TIFF structure.
  init?(exif bytes: [UInt8], in range: Range<Int>) {
    let start = range.lowerBound + 6
    guard start < range.upperBound,
      let value = try? Self.read(ByteReader(bytes, in: start..<range.upperBound)), (2...8).contains(value)
    else { return nil }
    self.value = UInt8(value)
  }

  /// As browsers do, takes only the type that the standard gives the tag: one SHORT.
  private static func read(_ tiff: ByteReader) throws(ImageFile.Refusal) -> Int? {
    var reader = tiff
    let order: ByteReader.Order
    switch try reader.integer(2, .big) {
    case 0x4949: order = .little
    case 0x4D4D: order = .big
    default: return nil
    }
    guard try reader.integer(2, order) == 42 else { return nil }
    let offset = try reader.integer(4, order)
    reader = tiff
    _ = try reader.take(offset)
    for _ in 0..<(try reader.integer(2, order)) {
      let tag = try reader.integer(2, order)
      let type = try reader.integer(2, order)
      let count = try reader.integer(4, order)
      let value = try reader.integer(2, order)
      _ = try reader.take(2)
      if tag == 0x0112 { return type == 3 && count == 1 ? value : nil }
    }
    return nil
  }

  /// The smallest TIFF structure that says this and nothing else.
  var tiff: [UInt8] {
    [
      0x4D, 0x4D, 0, 42, 0, 0, 0, 8,  // big-endian, first directory at 8
      0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0,  // one entry: tag, SHORT, one value
      0, 0, 0, 0,  // no other directory
    ]
  }
}
