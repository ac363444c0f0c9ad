/// The one range of bytes that a `Range` header asks for (RFC 9110, 14.1.2 and 14.2).
enum ByteRange: Equatable {
  /// No range, several, or one of another unit or form: the whole is answered.
  case whole
  case part(ClosedRange<Int>)
  /// Nothing of it lies inside: 416.
  case unsatisfiable

  /// - Parameter size: how many bytes the whole has.
  init(_ header: String?, size: Int) {
    self = .whole
    guard let header, header.lowercased().hasPrefix("bytes=") else { return }
    let halves = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " && $0 != "\t" } }
    guard halves.count == 2, halves.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return
    }
    // What is more than fits is past the end of any file.
    let (first, last) = (Self.number(halves[0]), Self.number(halves[1]))
    switch (first, last) {
    case (nil, nil): return
    case (nil, let count?):
      self = count > 0 && size > 0 ? .part(max(0, size - count)...(size - 1)) : .unsatisfiable
    case (let first?, let last):
      if let last, last < first { return }
      self = first < size ? .part(first...min(last ?? .max, size - 1)) : .unsatisfiable
    }
  }

  private static func number(_ digits: String) -> Int? { digits.isEmpty ? nil : Int(digits) ?? .max }
}
