/// An application extension that changes how a GIF is shown (GIF89a, section 26). Others are metadata.
enum GIFApplication {
  /// How often an animation is repeated: the whole extension, made anew or as it was.
  case loop([UInt8])
  /// A colour profile, in sub-blocks (ICC.1, annex B.6).
  case colourProfile
  case other

  /// Reads the sub-blocks after the application's name, to the terminator.
  init(_ name: ArraySlice<UInt8>, from reader: inout ByteReader) throws(ImageFile.Refusal) {
    if name.elementsEqual("NETSCAPE2.0".utf8) || name.elementsEqual("ANIMEXTS1.0".utf8) {
      var count: ArraySlice<UInt8>?
      while let block = try reader.subBlock() {
        let data = reader.bytes[block]
        // Its number is 1; the other sub-block that Netscape defined, on buffering, has 2.
        if count == nil, data.count >= 3, data.first.map({ $0 & 7 }) == 1 {
          count = data.dropFirst().prefix(2)
        }
      }
      self = count.map { .loop([0x21, 0xFF, 11] + name + [3, 1] + $0 + [0]) } ?? .other
    } else {
      self =
        try reader.passSubBlocks() > 0 && name.elementsEqual("ICCRGBG1012".utf8) ? .colourProfile : .other
    }
  }
}
