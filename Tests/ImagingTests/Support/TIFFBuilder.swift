/// Exif data as a camera writes them: a maker, an orientation, a time, and a thumbnail behind a second
/// directory; all texts contain `Secret`.
struct TIFFBuilder {
  var isBigEndian = true
  var orientation = 1
  /// SHORT, as the standard wants.
  var type = 3
  var count = 1

  static func bytes(orientation: Int, isBigEndian: Bool = true) -> [UInt8] {
    TIFFBuilder(isBigEndian: isBigEndian, orientation: orientation).bytes
  }

  var bytes: [UInt8] {
    let maker = ascii("SecretMaker\0")
    var value = number(2, orientation) + [0, 0]
    if type == 4 { value = number(4, orientation) }
    let directory =
      number(2, 2) + number(2, 0x010F) + number(2, 2) + number(4, maker.count) + number(4, 38)
      + number(2, 0x0112) + number(2, type) + number(4, count) + value
    return ascii(isBigEndian ? "MM" : "II") + number(2, 42) + number(4, 8) + directory + number(4, 50) + maker
      + number(2, 0) + number(4, 0) + ascii("SecretThumbnail")
  }

  private func number(_ count: Int, _ value: Int) -> [UInt8] {
    isBigEndian ? big(count, value) : little(count, value)
  }
}
