/// What an application segment before the first scan says that changes how the picture looks. Everything
/// else that applications write is metadata.
enum JPEGApplicationData {
  /// Pixels are square or not, and colours are YCbCr: all of JFIF (ITU T.871, section 10.1) less its
  /// thumbnail. The bytes are a whole payload.
  case jfif([UInt8])
  /// The transform of colours, from Adobe. The bytes are a whole payload.
  case adobe([UInt8])
  /// A part of a colour profile (ICC.1, annex B.4).
  case colourProfile
  /// Exif, of which only the orientation counts.
  case exif(Orientation?)

  init?(_ number: UInt8, _ bytes: [UInt8], in payload: Range<Int>) {
    let data = bytes[payload]
    switch number {
    case 0 where data.starts(with: "JFIF\0".utf8) && data.count >= 14:
      self = .jfif(Self.withoutThumbnail(Array(data.prefix(14))))
    case 1 where data.starts(with: "Exif\0".utf8):
      self = .exif(Orientation(exif: bytes, in: payload))
    case 2 where data.starts(with: "ICC_PROFILE\0".utf8) && data.count > 14:
      let numbers = Array(data.prefix(14).suffix(2))
      guard let number = numbers.first, let count = numbers.last, (1...max(count, 1)).contains(number)
      else { return nil }
      self = .colourProfile
    case 14 where data.starts(with: "Adobe".utf8) && data.count >= 12:
      self = .adobe(Array(data.prefix(12)))
    default:
      return nil
    }
  }

  /// Decoders take YCbCr from a JFIF segment even if its density is impossible, so such a one is mended, not
  /// dropped: no unit, one by one.
  private static func withoutThumbnail(_ jfif: [UInt8]) -> [UInt8] {
    let version = jfif[5..<7]
    let density = jfif[7..<12]
    let isSane = jfif[7] <= 2 && jfif[8..<10].contains { $0 > 0 } && jfif[10..<12].contains { $0 > 0 }
    return "JFIF\0".utf8 + version + (isSane ? Array(density) : [0, 0, 1, 0, 1]) + [0, 0]
  }
}
