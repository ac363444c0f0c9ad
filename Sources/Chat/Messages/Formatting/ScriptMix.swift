/// Whether a name is made of letters of scripts that are not written together, such as a Cyrillic `а` among Latin letters,
/// with which one domain is made to look like another (Unicode Technical Standard 39, section 5).
enum ScriptMix {
  private enum Script: Hashable {
    case latin, greek, cyrillic, armenian, hebrew, arabic, georgian, cherokee, hangul, kana, han, bopomofo
    /// Another one, by the block of 128 that it is in.
    case other(UInt32)
  }

  /// Those that are written together: with Han, Japanese, Korean and Chinese.
  private static let together: [Set<Script>] = [
    [.han, .kana], [.han, .hangul], [.han, .bopomofo],
  ]

  static func isMixed(_ scalars: some Sequence<Unicode.Scalar>) -> Bool {
    var found: Set<Script> = []
    for scalar in scalars { if let script = script(of: scalar) { found.insert(script) } }
    guard found.count > 1 else { return false }
    // Endings of domains are Latin mostly, and none of these scripts looks like it.
    if found.isDisjoint(with: [.greek, .cyrillic, .armenian, .cherokee, .georgian]) { found.remove(.latin) }
    return found.count > 1 && !together.contains { found.isSubset(of: $0) }
  }

  /// Nil for what all have.
  private static func script(of scalar: Unicode.Scalar) -> Script? {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2AF, 0x1D00...0x1D25,
      0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xAB30...0xAB64, 0xFF21...0xFF5A:
      .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: .greek
    case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: .cyrillic
    case 0x530...0x58F: .armenian
    case 0x590...0x5FF: .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: .arabic
    case 0x10A0...0x10FF, 0x1C90...0x1CBF, 0x2D00...0x2D2F: .georgian
    case 0x13A0...0x13FF, 0xAB70...0xABBF: .cherokee
    case 0x1100...0x11FF, 0x3130...0x318F, 0xAC00...0xD7FF: .hangul
    case 0x3040...0x30FF, 0x31F0...0x31FF, 0xFF66...0xFF9F: .kana
    case 0x3100...0x312F, 0x31A0...0x31BF: .bopomofo
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0x20000...0x3FFFF:
      .han
    case 0...0x36F: nil
    default: scalar.properties.isAlphabetic ? .other(scalar.value >> 7) : nil
    }
  }
}
