/// Reads the marks and links in one line of a text. Pure.
struct MarkupInlines {
  private let scalars: [Unicode.Scalar]
  private let isCut: Bool
  /// Those that no line has had yet.
  private var mentions: ArraySlice<Range<Int>>
  private var links: LinkReader

  init(_ scalars: [Unicode.Scalar], mentions: [Range<Int>], isCut: Bool) {
    self.scalars = scalars
    self.isCut = isCut
    self.mentions = mentions[...]
    links = LinkReader(scalars)
  }

  /// A mark that something may close: the place of its piece, behind which stands what it opens.
  private struct Opener {
    let piece: Int
    let element: Markup.Element
    let scalar: Unicode.Scalar
  }

  /// Lines come in their order.
  mutating func read(_ line: Range<Int>, into pieces: inout [Markup.Piece]) {
    var found: [Markup.Piece] = []
    var openers: [Opener] = []
    let code = codeEnds(line)
    var place = line.lowerBound
    var text = line.lowerBound
    func flush() { if text < place { found.append(.text(text..<place)) } }
    while place < line.upperBound {
      let scalar = scalars[place]
      if let mention = mention(at: place, in: line) {
        flush()
        found.append(.mention(mention.range, mention.index))
        (place, text) = (mention.range.upperBound, mention.range.upperBound)
      } else if scalar == "`" {
        let run = runLength(at: place, line)
        guard let end = code[place] else {
          place += run
          continue
        }
        flush()
        found += [.mark(place..<(place + run)), .code((place + run)..<end), .mark(end..<(end + run))]
        (place, text) = (end + run, end + run)
      } else if let link = links.link(at: place, in: line, before: mentions.first?.lowerBound) {
        flush()
        found.append(.link(link.range, address: link.address))
        (place, text) = (link.range.upperBound, link.range.upperBound)
      } else if Self.isMark(scalar), let marks = elements(of: scalar, runLength(at: place, line)) {
        let run = runLength(at: place, line)
        flush()
        take(marks, of: scalar, at: place..<(place + run), line, &found, &openers)
        (place, text) = (place + run, place + run)
      } else {
        place += Self.isMark(scalar) ? runLength(at: place, line) : 1
      }
    }
    flush()
    if isCut, line.upperBound == scalars.count {
      // What closes them is in the part that is not here.
      for opener in openers.reversed() { found.append(.close(opener.element)) }
      openers = []
    }
    // Marks that nothing closed are text.
    for opener in openers {
      guard case .mark(let range) = found[opener.piece] else { continue }
      found[opener.piece] = .text(range)
      found[opener.piece + 1] = .text(range.upperBound..<range.upperBound)
    }
    for piece in found where piece.range?.isEmpty != true { pieces.append(piece) }
  }

  // MARK: Code

  /// For the start of each run of backticks that begins code, where its end begins: the next run of the same length.
  private func codeEnds(_ line: Range<Int>) -> [Int: Int] {
    guard scalars[line].contains("`") else { return [:] }
    var runs: [(start: Int, length: Int)] = []
    var place = line.lowerBound
    while place < line.upperBound {
      let length = runLength(at: place, line)
      if scalars[place] == "`" { runs.append((place, length)) }
      place += length
    }
    var next: [Int: Int] = [:]
    var ends: [Int: Int] = [:]
    for run in runs.reversed() {
      ends[run.start] = next[run.length]
      next[run.length] = run.start
    }
    return ends
  }

  /// How often the scalar at a place stands there in a row.
  private func runLength(at place: Int, _ line: Range<Int>) -> Int {
    var end = place + 1
    while end < line.upperBound, scalars[end] == scalars[place] { end += 1 }
    return end - place
  }

  // MARK: Mentions

  private mutating func mention(at place: Int, in line: Range<Int>) -> (range: Range<Int>, index: Int)? {
    while let first = mentions.first, first.lowerBound < place || first.isEmpty { mentions.removeFirst() }
    guard let first = mentions.first, first.lowerBound == place, first.upperBound <= line.upperBound else {
      return nil
    }
    defer { mentions.removeFirst() }
    return (first, mentions.startIndex)
  }

  // MARK: Bold, italic, struck

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "*", "_", "~": true
    default: false
    }
  }

  /// What a run of marks opens, from outside in; nil for what is no mark.
  private func elements(of scalar: Unicode.Scalar, _ length: Int) -> [Markup.Element]? {
    switch (scalar, length) {
    case ("*", 1), ("_", 1): [.emphasis]
    case ("*", 2): [.strong]
    case ("*", 3): [.strong, .emphasis]
    case ("~", 2): [.struck]
    default: nil
    }
  }

  private static func length(of element: Markup.Element) -> Int { element == .emphasis ? 1 : 2 }

  /// Closes what is open of these elements, else opens them, else leaves them as text.
  private func take(
    _ elements: [Markup.Element], of scalar: Unicode.Scalar, at range: Range<Int>, _ line: Range<Int>,
    _ found: inout [Markup.Piece], _ openers: inout [Opener]
  ) {
    var rest = range
    if mayClose(range, line) {
      // From inside out; each kind is open once at most.
      while let opener = openers.last(where: { $0.scalar == scalar && elements.contains($0.element) }),
        rest.count >= Self.length(of: opener.element), opener.piece + 2 < found.count
      {
        while let last = openers.popLast(), last.piece != opener.piece { unmark(last, &found) }
        let end = rest.lowerBound + Self.length(of: opener.element)
        found += [.close(opener.element), .mark(rest.lowerBound..<end)]
        rest = end..<rest.upperBound
      }
    }
    guard rest == range, mayOpen(range, line) else {
      if !rest.isEmpty { found.append(.text(rest)) }
      return
    }
    for element in elements {
      // An older one of the same kind will not be closed any more.
      if let index = openers.firstIndex(where: { $0.element == element && $0.scalar == scalar }) {
        unmark(openers.remove(at: index), &found)
      }
      let end = rest.lowerBound + Self.length(of: element)
      openers.append(Opener(piece: found.count, element: element, scalar: scalar))
      found += [.mark(rest.lowerBound..<end), .open(element)]
      rest = end..<rest.upperBound
    }
  }

  private func unmark(_ opener: Opener, _ found: inout [Markup.Piece]) {
    guard case .mark(let range) = found[opener.piece] else { return }
    found[opener.piece] = .text(range)
    found[opener.piece + 1] = .text(range.upperBound..<range.upperBound)
  }

  /// Before a word, and not in the middle of one.
  private func mayOpen(_ range: Range<Int>, _ line: Range<Int>) -> Bool {
    guard range.upperBound < line.upperBound else { return false }
    let next = scalars[range.upperBound]
    let before = range.lowerBound > line.lowerBound ? scalars[range.lowerBound - 1] : nil
    return (next.isOfWord || next.isOfUnspacedScript || next.properties.isEmoji || Self.isOpening(next))
      && before?.isOfWord != true
  }

  /// Behind a word, and not in the middle of one.
  private func mayClose(_ range: Range<Int>, _ line: Range<Int>) -> Bool {
    guard range.lowerBound > line.lowerBound else { return false }
    let next = range.upperBound < line.upperBound ? scalars[range.upperBound] : nil
    return !scalars[range.lowerBound - 1].properties.isWhitespace && next?.isOfWord != true
  }

  /// Signs that a word can begin with.
  private static func isOpening(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "*", "_", "~", "`", "(", "[", "{", "\"", "'", "“", "‘", "„", "«", "‹", "¿", "¡", "@", "#", "$", "€",
      "£", "/", "+", "…":
      true
    case "「", "『", "【", "《", "（": true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// A letter or digit of a script that parts its words by spaces.
  var isOfWord: Bool {
    (properties.isAlphabetic || properties.numericType != nil) && !isOfUnspacedScript
  }

  /// Of a script whose words stand without spaces between them: Han, Kana, Thai, Lao, Khmer, Burmese.
  var isOfUnspacedScript: Bool {
    switch value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x2FDF, 0x3005...0x3007, 0x3031...0x312F,
      0x31A0...0x31BF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9D,
      0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
