import Foundation

/// Finds where an HTTP/1.1 answer ends (RFC 9112, 6.3: by its length or its chunks) and what its status is.
/// Bodies are counted, and kept only where that is asked for. Pure.
struct AnswerParser: Sendable {
  private enum Place {
    case head
    case body(left: Int)
    case size
    case chunk(left: Int)
    case trailer
  }

  private(set) var status = 0
  /// Of the body, as it came over the wire without its framing.
  private(set) var bodyBytes = 0
  private(set) var head: [UInt8] = []
  /// The last one, where it is kept: without its framing, but for the line breaks between chunks.
  private(set) var body: [UInt8] = []
  var keepsBody = false
  private var place = Place.head
  /// A line that is not complete yet: a chunk's size or a trailer.
  private var line: [UInt8] = []

  /// Takes what was read.
  /// - Returns: whether the answer is complete.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes[...]
    while true {
      switch place {
      case .head:
        guard takeHead(&rest) else { return false }
        if case .body(0) = place { return true }
      case .body(let left):
        let count = skip(left, of: &rest)
        place = .body(left: left - count)
        return left == count
      case .size:
        guard takeLine(&rest) else { return false }
        let digits = String(decoding: line, as: UTF8.self).prefix { $0.isHexDigit }
        line.removeAll(keepingCapacity: true)
        let size = Int(digits, radix: 16) ?? 0
        // The line break after the data belongs to the chunk.
        place = size == 0 ? .trailer : .chunk(left: size + 2)
        bodyBytes -= size == 0 ? 0 : 2
      case .chunk(let left):
        let count = skip(left, of: &rest)
        place = left == count ? .size : .chunk(left: left - count)
        if rest.isEmpty { return false }
      case .trailer:
        guard takeLine(&rest) else { return false }
        defer { line.removeAll(keepingCapacity: true) }
        if line.count <= 2 { return true }
      }
    }
  }

  /// Makes it ready for the next answer.
  mutating func reset() {
    status = 0
    bodyBytes = 0
    body.removeAll(keepingCapacity: true)
    head.removeAll(keepingCapacity: true)
    line.removeAll(keepingCapacity: true)
    place = .head
  }

  /// - Parameter name: in lower case.
  func field(_ name: String) -> String? {
    for line in String(decoding: head, as: UTF8.self).split(separator: "\r\n").dropFirst() {
      let halves = line.split(separator: ":", maxSplits: 1)
      if halves.count == 2, halves[0].lowercased() == name {
        return halves[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return nil
  }

  private mutating func takeHead(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    let known = head.count
    head.append(contentsOf: rest)
    let end = head.withUnsafeBytes { $0.firstIndex(of: "\r\n\r\n", from: max(0, known - 3)) }.map { $0 + 4 }
    guard let end else {
      rest = rest[rest.endIndex...]
      return false
    }
    rest = rest[(rest.startIndex + end - known)...]
    head.removeLast(head.count - end)
    status = head.count > 12 ? Int(String(decoding: head[9..<12], as: UTF8.self)) ?? 0 : 0
    if (100..<200).contains(status) || status == 204 || status == 304 {
      place = .body(left: 0)
    } else if let length = length {
      place = .body(left: length)
    } else {
      place = .size
    }
    return true
  }

  private var length: Int? {
    head.withUnsafeBytes { bytes in
      var text = bytes[...]
      while let end = text.firstIndex(of: 10) {
        let line = text[..<end]
        if line.count > 15, line[line.startIndex] | 0x20 == 99,
          String(decoding: line.prefix(15), as: UTF8.self).lowercased() == "content-length:"
        {
          return Int(String(decoding: line.dropFirst(15), as: UTF8.self).filter(\.isNumber))
        }
        text = text[(end + 1)...]
      }
      return nil
    }
  }

  private mutating func takeLine(_ rest: inout Slice<UnsafeRawBufferPointer>) -> Bool {
    guard let end = rest.firstIndex(of: 10) else {
      line.append(contentsOf: rest)
      rest = rest[rest.endIndex...]
      return false
    }
    line.append(contentsOf: rest[...end])
    rest = rest[(end + 1)...]
    return true
  }

  private mutating func skip(_ count: Int, of rest: inout Slice<UnsafeRawBufferPointer>) -> Int {
    let taken = min(count, rest.count)
    if keepsBody { body.append(contentsOf: rest.prefix(taken)) }
    rest = rest.dropFirst(taken)
    bodyBytes += taken
    return taken
  }
}
