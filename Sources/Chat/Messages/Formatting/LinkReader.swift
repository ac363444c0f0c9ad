/// Finds links in a text: `http:`, `https:` and `mailto:`, e-mail addresses, and domains that begin with `www.` or have
/// a known ending, cut as GitHub Flavored Markdown's extended autolinks are (section 6.9): what ends a sentence and
/// brackets that were not opened in it are not part of one. Pure; reads no more of the text than the link, but for what
/// one may be long.
struct LinkReader: Sendable {
  /// A domain has at most 253 characters (RFC 1035, 2.3.4), and what stands before it in an e-mail address 64.
  private static let longest = 320

  private let scalars: [Unicode.Scalar]
  /// No link starts before it: each would hold what is not seen.
  private var blocked = 0

  init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  /// The link that begins at a place, and the address that it leads to.
  /// - Parameter limit: where something else begins.
  mutating func link(
    at place: Int, in line: Range<Int>, before limit: Int?
  ) -> (range: Range<Int>, address: String)? {
    guard Self.isASCIIAlphanumeric(scalars[place]), place >= blocked else { return nil }
    let before = place > line.lowerBound ? scalars[place - 1] : nil
    guard before.map(Self.isASCIIAlphanumeric) != true else { return nil }
    let end = min(line.upperBound, limit ?? line.upperBound)
    for scheme in ["https://", "http://"] where begins(place, end, with: scheme) {
      return web(from: place, host: place + scheme.count, end, scheme: "")
    }
    if begins(place, end, with: "mailto:") { return mail(from: place, place + 7, end, scheme: "") }
    guard mayStart(at: place, behind: before, in: line) else { return nil }
    let name = nameEnd(from: place, end)
    guard let name, scalars[place..<name].contains(".") else { return nil }
    if scalars[place..<name].contains("@") { return mail(from: place, place, name, scheme: "mailto:") }
    return web(from: place, host: place, end, scheme: "http://")
  }

  /// Whether an address without a scheme may begin behind a scalar: not within a word, nor within another address.
  private func mayStart(at place: Int, behind before: Unicode.Scalar?, in line: Range<Int>) -> Bool {
    guard let before else { return true }
    switch before {
    case "(", "[", "{", "<", "\"", "'", "“", "‘", "„", "«", "*", "~", ",", ";", "|": return true
    case "_": return place - 1 == line.lowerBound || !Self.isOfName(scalars[place - 2])
    case "\u{3000}"..."\u{303F}", "\u{FF08}", "\u{FF0C}", "\u{FF1A}": return true
    default: return before.properties.isWhitespace || before.isOfUnspacedScript
    }
  }

  private func begins(_ place: Int, _ end: Int, with text: String) -> Bool {
    var place = place
    for scalar in text.unicodeScalars {
      guard place < end, Self.small(scalars[place]) == scalar.value else { return false }
      place += 1
    }
    return true
  }

  /// Of what stands in domains and e-mail addresses in ASCII.
  /// - Returns: nil where it is too long for one, or a word of another script goes on behind it.
  private func nameEnd(from place: Int, _ end: Int) -> Int? {
    var place = place
    let last = min(end, place + Self.longest)
    while place < last, Self.isOfName(scalars[place]) { place += 1 }
    if place == last, place < end, Self.isOfName(scalars[place]) { return nil }
    return place < end && scalars[place].isOfWord ? nil : place
  }

  private static func small(_ scalar: Unicode.Scalar) -> UInt32 {
    ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
  }

  // MARK: Web

  /// - Parameter scheme: what the address is given where it was typed without one.
  private mutating func web(
    from start: Int, host: Int, _ end: Int, scheme: String
  ) -> (range: Range<Int>, address: String)? {
    var place = host
    let last = min(end, host + Self.longest)
    while place < last, !Self.endsAuthority(scalars[place]), !Self.endsLink(scalars[place]) { place += 1 }
    guard place < last || place == end else { return nil }
    let isBare = !scheme.isEmpty
    let authority = trimmed(host..<place)
    guard let domain = Domain(String(String.UnicodeScalarView(scalars[authority]))),
      !isBare || domain.isKnown(withPath: place < end && scalars[place] == "/")
    else { return nil }
    var linkEnd = authority.upperBound
    if authority.upperBound == place {
      while place < end, !Self.endsLink(scalars[place]) {
        // It could make what one sees another address than where one gets to.
        guard !scalars[place].isHidden else {
          blocked = place
          return nil
        }
        place += 1
      }
      linkEnd = max(linkEnd, trimmed(start..<place).upperBound)
    }
    let range = start..<linkEnd
    return (range, scheme + String(String.UnicodeScalarView(scalars[range])))
  }

  private static func endsAuthority(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "/", "?", "#": true
    default: false
    }
  }

  // MARK: Mail

  private func mail(
    from start: Int, _ address: Int, _ end: Int, scheme: String
  ) -> (range: Range<Int>, address: String)? {
    guard let name = nameEnd(from: address, end) else { return nil }
    let range = trimmed(address..<name)
    let parts = scalars[range].split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let local = parts.first, let host = parts.last, (1...64).contains(local.count),
      local.first != ".", local.last != ".",
      let domain = Domain(String(String.UnicodeScalarView(host))), domain.isOfMail
    else { return nil }
    let whole = start..<range.upperBound
    return (whole, scheme + String(String.UnicodeScalarView(scalars[whole])))
  }

  // MARK: Ends

  /// Without what ends a sentence, and without brackets that it does not open.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    var surplus: [Unicode.Scalar: Int] = [:]
    for scalar in scalars[range] {
      if let opening = Self.brackets[scalar] { surplus[opening, default: 0] += 1 }
      if Self.brackets.values.contains(scalar) { surplus[scalar, default: 0] -= 1 }
    }
    while end > range.lowerBound {
      let scalar = scalars[end - 1]
      if let opening = Self.brackets[scalar] {
        guard surplus[opening, default: 0] > 0 else { break }
        surplus[opening, default: 0] -= 1
      } else if !Self.endsSentence(scalar) {
        break
      }
      end -= 1
    }
    return range.lowerBound..<end
  }

  /// What opens each of those that close.
  private static let brackets: [Unicode.Scalar: Unicode.Scalar] = [")": "(", "]": "[", "}": "{"]

  private static func endsSentence(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "?", "!", ".", ",", ":", ";", "*", "_", "~", "'", "\"", "…", "’", "`", "-": true
    default: false
    }
  }

  /// Marks of scripts without spaces, and of quoting, which stand in no address as people type them.
  private static func endsLink(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "\"", "`", "“", "”", "„", "«", "»", "|": true
    case "\u{3001}"..."\u{3002}", "\u{3008}"..."\u{3011}", "\u{FF01}", "\u{FF08}"..."\u{FF09}", "\u{FF0C}",
      "\u{FF1A}"..."\u{FF1B}",
      "\u{FF1F}":
      true
    default: scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
    }
  }

  static func isASCIIAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }

  private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case ".", "-", "+", "@": true
    default: isASCIIAlphanumeric(scalar) || scalar == "_"
    }
  }
}

extension Unicode.Scalar {
  /// Takes no room, or turns the direction of what stands around it.
  var isHidden: Bool {
    properties.isDefaultIgnorableCodePoint || properties.isBidiControl
      || properties.generalCategory == .format
  }
}
