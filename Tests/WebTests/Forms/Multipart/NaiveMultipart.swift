/// The frame of a whole `multipart/form-data` body, read as plainly as can be: what the parser is compared to.
///
/// It does not look into headers, so it takes some bodies that the parser refuses; never the other way round.
struct NaiveMultipart {
  private(set) var bodies: [[UInt8]] = []

  init?(_ body: [UInt8], boundary: String) {
    let delimiter = Array("\r\n--\(boundary)".utf8)
    let body = Array("\r\n".utf8) + body
    guard var position = Self.find(delimiter, in: body, from: 0) else { return nil }
    while true {
      position += delimiter.count
      let isClosing = body[position...].starts(with: "--".utf8)
      if isClosing { position += 2 }
      while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
      let after = body[position...]
      if isClosing {
        guard after.isEmpty || Array(after) == [0x0D] || after.starts(with: [0x0D, 0x0A]) else { return nil }
        return
      }
      guard after.starts(with: [0x0D, 0x0A]),
        let header = Self.find([0x0D, 0x0A, 0x0D, 0x0A], in: body, from: position),
        let end = Self.find(delimiter, in: body, from: header + 2)
      else { return nil }
      bodies.append(Array(body[min(header + 4, end)..<end]))
      position = end
    }
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count - start >= needle.count else { return nil }
    return (start...bytes.count - needle.count).first { bytes[$0...].starts(with: needle) }
  }
}
