/// Reads the lines of a text into blocks. Pure; used once.
struct MarkupBlocks {
  /// Quotes in quotes go no deeper.
  private static let deepest = 3

  /// A line, or what is left of it within a quote.
  private struct Line {
    let range: Range<Int>
    /// Through its line break, where it has one.
    let end: Int
  }

  private let scalars: [Unicode.Scalar]
  private let isCut: Bool
  private var inlines: MarkupInlines
  private(set) var pieces: [Markup.Piece] = []

  init(_ scalars: [Unicode.Scalar], mentions: [Range<Int>], isCut: Bool) {
    self.scalars = scalars
    self.isCut = isCut
    inlines = MarkupInlines(scalars, mentions: mentions, isCut: isCut)
  }

  mutating func read() {
    var lines: [Line] = []
    var start = 0
    for index in scalars.indices where scalars[index] == "\n" {
      lines.append(Line(range: start..<index, end: index + 1))
      start = index + 1
    }
    if start < scalars.count { lines.append(Line(range: start..<scalars.count, end: scalars.count)) }
    read(lines[...], depth: 0)
  }

  private mutating func read(_ lines: ArraySlice<Line>, depth: Int) {
    let closing = closingFences(lines)
    var index = lines.startIndex
    while index < lines.endIndex {
      if let end = closing[index - lines.startIndex], isFence(lines[index]) {
        readFence(lines[index..<end], closing: end < lines.endIndex ? lines[end] : nil)
        index = end + 1
      } else if depth < Self.deepest, isQuote(lines[index], inside: false) {
        let end = lines[index...].firstIndex { !isQuote($0, inside: true) } ?? lines.endIndex
        readQuote(lines[index..<end], depth: depth)
        index = end
      } else if isBullet(lines[index]) {
        let end = lines[index...].firstIndex { !isBullet($0) } ?? lines.endIndex
        readList(.bullets, lines[index..<end].map { ($0, nil, 2) })
        index = end
      } else if let first = number(of: lines[index]), first.value <= 1 {
        let items = lines[index...].prefix { number(of: $0) != nil }
        readList(.numbers, items.compactMap { line in number(of: line).map { (line, $0.value, $0.length) } })
        index = items.endIndex
      } else {
        inlines.read(lines[index].range, into: &pieces)
        text(lines[index].range.upperBound..<lines[index].end)
        index += 1
      }
    }
  }

  private mutating func text(_ range: Range<Int>) { if !range.isEmpty { pieces.append(.text(range)) } }

  private mutating func mark(_ range: Range<Int>) { if !range.isEmpty { pieces.append(.mark(range)) } }

  private func begins(_ line: Line, _ mark: String) -> Bool {
    scalars[line.range].starts(with: mark.unicodeScalars)
  }

  // MARK: Fences

  /// Three backticks, and what says of which language the code is.
  private func isFence(_ line: Line) -> Bool {
    begins(line, "```") && !scalars[line.range].dropFirst(3).contains("`")
  }

  /// For each line the fence that is next behind it; past the end where the text goes on without one.
  private func closingFences(_ lines: ArraySlice<Line>) -> [Int?] {
    var next: Int? = isCut ? lines.endIndex : nil
    var closing = [Int?](repeating: nil, count: lines.count)
    for index in lines.indices.reversed() {
      closing[index - lines.startIndex] = next
      if begins(lines[index], "```"),
        scalars[lines[index].range].dropFirst(3).allSatisfy(\.properties.isWhitespace)
      {
        next = index
      }
    }
    return closing
  }

  /// - Parameter lines: from the first fence to before the last.
  private mutating func readFence(_ lines: ArraySlice<Line>, closing: Line?) {
    guard let first = lines.first else { return }
    pieces.append(.open(.fence))
    let language = (first.range.lowerBound + 3)..<first.range.upperBound
    mark(first.range.lowerBound..<language.lowerBound)
    if language.isEmpty {
      mark(language.upperBound..<first.end)
    } else {
      pieces.append(.open(.language))
      text(language.lowerBound..<first.end)
      pieces.append(.close(.language))
    }
    pieces.append(.open(.code))
    for line in lines.dropFirst() { text(line.range.lowerBound..<line.end) }
    pieces.append(.close(.code))
    if let closing { mark(closing.range.lowerBound..<closing.end) }
    pieces.append(.close(.fence))
  }

  // MARK: Quotes

  /// - Parameter inside: an empty line of a quote has nothing behind its mark.
  private func isQuote(_ line: Line, inside: Bool) -> Bool {
    begins(line, "> ") || inside && line.range.count == 1 && begins(line, ">")
  }

  private mutating func readQuote(_ lines: ArraySlice<Line>, depth: Int) {
    pieces.append(.open(.quote))
    // The mark of a line stands before whatever its line begins.
    let quoted = lines.map { line in
      let start = line.range.lowerBound + min(2, line.range.count)
      return Line(range: start..<line.range.upperBound, end: line.end)
    }
    let before = pieces.count
    read(quoted[...], depth: depth + 1)
    insertMarks(zip(lines, quoted).map { $0.range.lowerBound..<$1.range.lowerBound }, from: before)
    pieces.append(.close(.quote))
  }

  /// Puts marks in where they stand among the pieces that were read without them.
  private mutating func insertMarks(_ marks: [Range<Int>], from start: Int) {
    let read = pieces[start...]
    pieces.removeSubrange(start...)
    var marks = marks[...]
    for piece in read {
      if let range = piece.range {
        while let mark = marks.first, mark.lowerBound < range.lowerBound {
          self.mark(mark)
          marks.removeFirst()
        }
      }
      pieces.append(piece)
    }
    for mark in marks { self.mark(mark) }
  }

  // MARK: Lists

  private func isBullet(_ line: Line) -> Bool {
    begins(line, "- ") && scalars[line.range].dropFirst(2).contains { !$0.properties.isWhitespace }
  }

  /// The number that a line begins with, and how long its mark is.
  private func number(of line: Line) -> (value: Int, length: Int)? {
    let digits = scalars[line.range].prefix(10).prefix { ("0"..."9").contains($0) }
    let rest = scalars[line.range].dropFirst(digits.count)
    guard (1...9).contains(digits.count), digits.count == 1 || digits.first != "0",
      rest.starts(with: ". ".unicodeScalars),
      rest.dropFirst(2).contains(where: { !$0.properties.isWhitespace }),
      let value = Int(String(String.UnicodeScalarView(digits)))
    else { return nil }
    return (value, digits.count + 2)
  }

  private mutating func readList(_ list: Markup.Element, _ items: [(line: Line, number: Int?, mark: Int)]) {
    pieces.append(.open(list))
    for item in items {
      let start = item.line.range.lowerBound + item.mark
      pieces.append(.open(.item(item.number)))
      mark(item.line.range.lowerBound..<start)
      inlines.read(start..<item.line.range.upperBound, into: &pieces)
      text(item.line.range.upperBound..<item.line.end)
      pieces.append(.close(.item(item.number)))
    }
    pieces.append(.close(list))
  }
}

extension Markup.Piece {
  /// What of the text is in it.
  var range: Range<Int>? {
    switch self {
    case .mark(let range), .text(let range), .code(let range), .link(let range, _), .mention(let range, _):
      range
    case .open, .close: nil
    }
  }
}
