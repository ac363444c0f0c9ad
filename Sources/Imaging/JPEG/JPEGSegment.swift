/// A marker and what belongs to it (ITU T.81, B.1.1.4): two bytes of length, which count themselves, and the
/// payload. A marker that stands alone has an empty payload.
struct JPEGSegment {
  let marker: JPEGMarker
  /// All of it, from the marker's 0xFF on.
  let range: Range<Int>
  let payload: Range<Int>

  /// Reads the next one.
  ///
  /// Fill bytes before a marker are legal; other bytes there are not, but every decoder passes over them as
  /// libjpeg does, so here they are passed over too, and thereby not stored.
  /// - Throws: `damaged` when there is no other whole segment.
  init(from reader: inout ByteReader) throws(ImageFile.Refusal) {
    var code: UInt8
    repeat {
      try reader.seekFF()
      repeat { code = try reader.byte() } while code == 0xFF
    } while code == 0
    marker = JPEGMarker(code: code)
    let start = reader.position - 2
    switch marker {
    case .alone, .end, .startOfImage, .unsupported, .reserved:
      payload = reader.position..<reader.position
    case .application, .comment:
      // A length that does not even count itself is passed over by decoders.
      payload = try reader.take(max(0, reader.integer(2, .big) - 2))
    default:
      payload = try reader.take(reader.integer(2, .big) - 2)
    }
    range = start..<payload.upperBound
  }

  /// A segment of an application, as it stands in a file.
  static func application(_ number: UInt8, _ payload: [UInt8]) -> [UInt8] {
    let length = payload.count + 2
    return [0xFF, 0xE0 | number, UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
      + payload
  }
}
