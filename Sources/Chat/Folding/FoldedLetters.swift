/// What ``Folding`` makes of single letters that Unicode does not decompose. All of it is lower case.
enum FoldedLetters {
  /// A letter and the mark on it.
  struct Marked: Hashable {
    let letter: Unicode.Scalar
    let mark: Unicode.Scalar

    init(_ letter: Unicode.Scalar, _ mark: Unicode.Scalar) {
      self.letter = letter
      self.mark = mark
    }
  }

  /// Letters by what they are folded to.
  static let plain = table([
    latin, latinLigatures, greek, cyrillic, arabic, hebrew, kana, hangul,
  ])

  /// Letters that stand for two where they are written out, and what that is where it is not in ``plain`` already.
  static let expanded = table(["oe": "ø", "aa": "ꜳ", "a": "ə", "dh": "ð", "oo": "ꝏ", "ng": "ŋ"])

  /// As German, the Nordic languages and Turkish names abroad are written without their marks.
  static let expandedByMark: [Marked: Unicode.Scalar] = [
    Marked("a", "\u{308}"): "e", Marked("o", "\u{308}"): "e", Marked("u", "\u{308}"): "e",
    Marked("a", "\u{30A}"): "a",
  ]

  /// Between letters they are left out as often as not: apostrophes, the ʻokina, geresh and the like.
  static let apostrophes = Set("'’‘‛`´′＇ʹʻʼʽʾʿˈꞌ՚׳״᾿".unicodeScalars)

  /// Arabic's tatweel, which only makes a word longer, and the colours of skin.
  static let ignored: Set<Unicode.Scalar> = [
    "\u{640}", "\u{1F3FB}", "\u{1F3FC}", "\u{1F3FD}", "\u{1F3FE}", "\u{1F3FF}",
  ]

  /// Whether it is a mark on a letter that people leave out. In other scripts marks are vowels, which they do not.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool { marks.contains { $0.contains(scalar.value) } }

  private static let marks: [ClosedRange<UInt32>] = [
    // For any script, Cyrillic, Hebrew, Arabic.
    0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x5BF...0x5C7, 0x610...0x61A, 0x64B...0x65F, 0x670...0x670,
    0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7...0x6E8, 0x6EA...0x6ED, 0x898...0x89F, 0x8CA...0x8FF,
    // The dot of India's scripts, which marks letters of other languages.
    0x93C...0x93C, 0x9BC...0x9BC, 0xA3C...0xA3C, 0xABC...0xABC, 0xB3C...0xB3C, 0xCBC...0xCBC,
    0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F,
  ]

  private static func table(_ parts: [[String: String]]) -> [Unicode.Scalar: [Unicode.Scalar]] {
    parts.reduce(into: [:]) { all, part in
      for (folded, letters) in part {
        for letter in letters.unicodeScalars { all[letter] = Array(folded.unicodeScalars) }
      }
    }
  }

  private static func table(_ part: [String: String]) -> [Unicode.Scalar: [Unicode.Scalar]] { table([part]) }

  /// With strokes, hooks, tails and bars, turned or reversed, by the names of Unicode 14.
  private static let latin = [
    "a": "ⱥᶏɑɐᶐꬰ", "b": "ƀƃɓᵬᶀꞗ", "c": "ƈȼɕꞓꞔↄꜿ", "d": "đƌȡɖɗᵭᶁᶑꟈðꝺ", "e": "ɇᶒⱸꬴəɚᶕǝɛᶓɘ", "f": "ƒᵮᶂꞙꝼ",
    "g": "ǥɠᶃꞡɡꬶᵹɣ", "h": "ħɦⱨꞕꜧɧ", "i": "ıɨᶖɩᵼɪ", "j": "ɉʝȷɟʄ", "k": "ƙᶄⱪꝁꝃꝅꞣĸ", "l": "łƚȴɫɬɭᶅⱡꝉꞎꝇ",
    "m": "ɱᵯᶆꬺ", "n": "ƞȵɲɳᵰᶇꞑꞥꬻŋꬼ", "o": "øⱺꝋꝍɵɔᶗꬿ", "p": "ƥᵱᵽᶈꝑꝓꝕ", "q": "ɋʠꝗꝙ", "r": "ɍɼɽɾᵲᵳᶉꞧꭉꝛ",
    "s": "ȿʂᵴᶊꞩꟊſẜẝ", "t": "ŧƫƭȶʈᵵⱦ", "u": "ʉᶙꞹꭎꭒꭏʊᵿ", "v": "ʋᶌⱱⱴꝟ", "w": "ⱳƿ", "x": "ᶍꭖꭗꭘꭙ",
    "y": "ƴɏỿꭚ", "z": "ƶȥɀʐʑᵶᶎⱬʒƺᶚ",
  ]

  private static let latinLigatures = [
    "ae": "æ", "oe": "œ", "th": "þꝥꝧ", "ss": "ß", "hv": "ƕ", "oi": "ƣ", "ou": "ȣ", "db": "ȸ", "qp": "ȹ",
    "dz": "ʣʥ",
    "ts": "ʦ", "tz": "ꜩ", "aa": "ꜳ", "ao": "ꜵ", "au": "ꜷ", "av": "ꜹꜻ", "ay": "ꜽ", "oo": "ꝏ", "vy": "ꝡ",
    "ue": "ᵫ",
    "ll": "ỻ",
  ]

  private static let greek = ["σ": "ς", "ρ": "ϼ"]

  private static let cyrillic = [
    "г": "ґғҕӷӻ", "ж": "җ", "з": "ҙ", "к": "қҝҟӄҡ", "л": "ӆԓԡԯ", "м": "ӎ", "н": "ңӈӊԣԩ", "п": "ҧԥ", "р": "ҏ",
    "с": "ҫ", "т": "ҭ", "у": "үұ", "х": "ҳӽӿһԧ", "ч": "ҷҹӌ", "и": "ҋі", "е": "єѣ", "о": "өѻ", "ф": "ѳ",
    "а": "ә",
    "нг": "ҥ", "тц": "ҵ", "ае": "ӕ",
  ]

  /// One letter for those that keyboards of different languages have, and for what is often written without its mark.
  private static let arabic = [
    "ا": "ٱٲٳݳݴ", "ي": "ىیېۍےۓ", "ك": "کڪ", "ه": "ةہھەۀۂۃ", "و": "ۄۅۆۇۈۉۊۋۏ", "": "ءٴ", "ن": "ں",
  ]

  /// The forms at the end of a word.
  private static let hebrew = [
    "כ": "ך", "מ": "ם", "נ": "ן", "פ": "ף", "צ": "ץ", "וו": "װ", "וי": "ױ", "יי": "ײ",
  ]

  /// Katakana as hiragana, which stands 96 places before it.
  private static let kana = Dictionary(
    uniqueKeysWithValues: (0x30A1...0x30F6 as ClosedRange<UInt32>).compactMap { value in
      Unicode.Scalar(value - 0x60).flatMap { hiragana in
        Unicode.Scalar(value).map { (String(hiragana), String($0)) }
      }
    })

  /// A consonant at the end of a syllable as one at the beginning, so that what one has typed of a name finds it: of
  /// 가마 one has 감 first.
  private static let hangul = [
    "ᄀ": "ᆨ", "ᄁ": "ᆩ", "ᄀᄉ": "ᆪ", "ᄂ": "ᆫ", "ᄂᄌ": "ᆬ", "ᄂᄒ": "ᆭ", "ᄃ": "ᆮ", "ᄅ": "ᆯ", "ᄅᄀ": "ᆰ", "ᄅᄆ": "ᆱ",
    "ᄅᄇ": "ᆲ", "ᄅᄉ": "ᆳ", "ᄅᄐ": "ᆴ", "ᄅᄑ": "ᆵ", "ᄅᄒ": "ᆶ", "ᄆ": "ᆷ", "ᄇ": "ᆸ", "ᄇᄉ": "ᆹ", "ᄉ": "ᆺ",
    "ᄊ": "ᆻ", "ᄋ": "ᆼ", "ᄌ": "ᆽ", "ᄎ": "ᆾ", "ᄏ": "ᆿ", "ᄐ": "ᇀ", "ᄑ": "ᇁ", "ᄒ": "ᇂ",
  ]
}
