/// What a marker of a JPEG file begins (ITU T.81, table B.1).
enum JPEGMarker {
  case end, numberOfLines, scan
  /// A frame that browsers decode: sequential or progressive, with Huffman coding.
  case frame
  case huffmanTables, arithmeticConditioning, quantizationTables, restartInterval
  /// APP0...APP15.
  case application(UInt8)
  case comment
  /// Restart markers and TEM, which mean nothing outside a scan and have no length.
  case alone
  case startOfImage
  /// Arithmetic-coded, lossless and hierarchical frames, JPEG-LS.
  case unsupported
  /// What no JPEG of those above has.
  case reserved

  init(code: UInt8) {
    switch code {
    case 0xC0...0xC2: self = .frame
    case 0xC4: self = .huffmanTables
    case 0xCC: self = .arithmeticConditioning
    case 0x01, 0xD0...0xD7: self = .alone
    case 0xD8: self = .startOfImage
    case 0xD9: self = .end
    case 0xDA: self = .scan
    case 0xDB: self = .quantizationTables
    case 0xDC: self = .numberOfLines
    case 0xDD: self = .restartInterval
    case 0xE0...0xEF: self = .application(code & 0x0F)
    case 0xFE: self = .comment
    case 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xDE, 0xDF, 0xF7: self = .unsupported
    default: self = .reserved
    }
  }
}
