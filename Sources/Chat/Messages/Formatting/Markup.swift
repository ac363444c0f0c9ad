/// What of a text takes effect as formatting: the light marks that people type anyway, and links. The text itself is
/// stored as it was typed.
///
/// It is read in one pass, in time that grows with the text's length alone, whatever stands in it. Every Unicode scalar of
/// the text is in exactly one of its pieces, in their order, so that nothing but marks that took effect can vanish.
///
/// Blocks are fences (three backticks on a line of their own before and behind code), quotes (`> `) and lists (`- `,
/// `1. `). Within a line there are code, links, mentions, bold (`**`), italic (`*`, `_`) and struck text (`~~`). Marks do
/// not reach over the end of a line.
struct Markup: Sendable {
  enum Element: Sendable, Hashable {
    case strong, emphasis, struck
    case quote, bullets, numbers
    /// With its number in a numbered list.
    case item(Int?)
    /// Code between fences, and the word behind the first one, which says what language it is in.
    case fence, language, code

    var isBlock: Bool {
      switch self {
      case .strong, .emphasis, .struck: false
      case .quote, .bullets, .numbers, .item, .fence, .language, .code: true
      }
    }
  }

  /// Ranges are of the text's Unicode scalars.
  enum Piece: Sendable, Hashable {
    /// A mark that took effect, and is not shown.
    case mark(Range<Int>)
    case text(Range<Int>)
    /// A few words of code in a line.
    case code(Range<Int>)
    case link(Range<Int>, address: String)
    /// By its place among the mentions that the text was read with.
    case mention(Range<Int>, Int)
    case open(Element)
    case close(Element)
  }

  let scalars: [Unicode.Scalar]
  let pieces: [Piece]

  /// - Parameters:
  ///   - mentions: the stretches that mean somebody, in their order. Nothing in them is a mark.
  ///   - isCut: the text goes on, so that what is not closed is closed later.
  init(_ text: String, mentions: [Range<Int>] = [], isCut: Bool = false) {
    scalars = Array(text.unicodeScalars)
    guard scalars.contains(where: Self.mayMark) || !mentions.isEmpty else {
      pieces = scalars.isEmpty ? [] : [.text(scalars.indices)]
      return
    }
    var reader = MarkupBlocks(scalars, mentions: mentions, isCut: isCut)
    reader.read()
    pieces = reader.pieces
  }

  /// Without one of these there is neither a mark nor a link.
  private static func mayMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "*", "_", "~", "`", ">", "-", ".", ":", "@": true
    default: false
    }
  }

  var hasBlocks: Bool {
    pieces.contains { if case .open(let element) = $0 { element.isBlock } else { false } }
  }

  func string(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }

  /// The text without the marks that took effect.
  var plain: String {
    var plain = String.UnicodeScalarView()
    for piece in pieces {
      switch piece {
      case .text(let range), .code(let range), .link(let range, _), .mention(let range, _):
        plain.append(contentsOf: scalars[range])
      case .mark, .open, .close: break
      }
    }
    return String(plain)
  }

  /// Where nobody is meant by name: in code and in quotes, which are somebody else's words.
  var unspoken: [Range<Int>] {
    var ranges: [Range<Int>] = []
    var depth = 0
    for piece in pieces {
      switch piece {
      case .open(.quote), .open(.fence): depth += 1
      case .close(.quote), .close(.fence): depth -= 1
      case .code(let range), .link(let range, _): ranges.append(range)
      case .text(let range) where depth > 0: ranges.append(range)
      default: break
      }
    }
    return ranges
  }
}
