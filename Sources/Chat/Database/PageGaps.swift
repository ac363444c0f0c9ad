/// The bytes of a page of a B-tree that nothing uses (SQLite's file format, 1.6). `secure_delete` overwrites
/// what is deleted, but where cells move to another page their old bytes stay behind as a gap.
enum PageGaps {
  /// - Parameters:
  ///   - page: any but the first page of a file; one that is no B-tree's has no gaps.
  ///   - usable: how many of its bytes SQLite uses.
  static func ranges(in page: UnsafeRawBufferPointer, usable: Int) -> [Range<Int>] {
    guard usable >= 480, usable <= page.count else { return [] }
    func number(at place: Int) -> Int { Int(page[place]) << 8 | Int(page[place + 1]) }
    let header: Int
    switch page[0] {
    case 2, 5: header = 12
    case 10, 13: header = 8
    default: return []
    }
    let start = header + 2 * number(at: 3)
    let content = number(at: 5) == 0 ? 65_536 : number(at: 5)
    guard start <= content, content <= usable else { return [] }
    var ranges = start < content ? [start..<content] : []
    // Free blocks begin with the place of the next one, in rising order, and their own size.
    var block = number(at: 1)
    var end = content
    while block >= end, block + 4 <= usable {
      let size = number(at: block + 2)
      guard size >= 4, block + size <= usable else { break }
      if size > 4 { ranges.append((block + 4)..<(block + size)) }
      end = block + size
      block = number(at: block)
    }
    return ranges
  }
}
