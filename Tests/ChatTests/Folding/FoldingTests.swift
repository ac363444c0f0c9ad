import Testing

@testable import Chat

/// What is the same to who looks for something.
@Suite struct FoldingTests {
  /// A text, and other ways of typing it.
  private static let same: [(String, [String])] = [
    // Latin letters with strokes and ligatures.
    ("Łukasz Nowak", ["lukasz nowak", "LUKASZ NOWAK", "łukasz nowak"]),
    ("Øyvind Lie", ["oyvind lie", "oeyvind lie"]), ("Đặng Thùy", ["dang thuy", "đặng thuỳ"]),
    ("Işıl Ak", ["ışıl ak", "IŞIL AK", "isil ak", "İŞİL AK"]),
    ("Anna Groß", ["anna gross", "ANNA GROẞ", "anna groß"]),
    ("Müller", ["muller", "mueller", "MÜLLER", "mu\u{308}ller"]), ("Jäger", ["jager", "jaeger"]),
    ("Björk", ["bjork", "bjoerk"]), ("Åse", ["ase", "aase", "a\u{30A}se"]),
    ("Ærø", ["aero", "aeroe", "ÆRØ"]),
    ("Œuvre", ["oeuvre"]), ("Þór", ["thor"]), ("Guðrún", ["gudrun", "gudhrun"]), ("Ħal", ["hal"]),
    ("Ŧeŧ", ["tet"]),
    ("Ŋori", ["nori", "ngori"]), ("Əliyev", ["eliyev", "aliyev"]), ("Ǆemal", ["dzemal"]),
    ("ĳsland", ["ijsland"]),
    ("ﬁn", ["fin"]), ("ſtr", ["str"]), ("Ǿ", ["o", "oe"]), ("Ǖ", ["u", "ue"]),
    // Greek, Cyrillic.
    ("Άννα Παπαδοπούλου", ["αννα παπαδοπουλου", "ΑΝΝΑ ΠΑΠΑΔΟΠΟΥΛΟΥ"]), ("Γιώργος", ["γιωργοσ", "ΓΙΏΡΓΟΣ"]),
    ("Ἀλέξανδρος ᾠδή", ["αλεξανδρος ωδη"]),
    ("Пётр Орлов", ["петр орлов", "ПЁТР ОРЛОВ"]), ("Андрей", ["андреи", "АНДРЕЙ"]), ("Ґалаґан", ["галаган"]),
    ("Їжак", ["іжак", "ижак"]), ("Қайрат", ["каират"]), ("Ђорђе", ["ђорђе"]),
    // Arabic and its neighbours, Hebrew.
    ("أحمد سالم", ["احمد سالم", "أَحْمَد سالِم", "احـمـد سالم"]), ("آمنة", ["امنه", "آمنه"]), ("هدى", ["هدي"]),
    ("علی کریمی", ["علي كريمي"]), ("مؤمن", ["مومن"]), ("٧٧", ["77", "۷۷"]), ("ﻣﺤﻤﺪ", ["محمد"]),
    ("שָׁלוֹם", ["שלום"]), ("ג׳ורג׳", ["גורג", "ג'ורג'"]), ("אברהמ", ["אברהם"]),
    // Hangul, also as far as it has been typed, Chinese, Japanese.
    ("김민수", ["김민수", "김민수"]), ("감", ["가ㅁ"]), ("닭", ["달ㄱ"]),
    ("王小明", ["王小明"]), ("山田タロウ", ["山田たろう", "山田ﾀﾛｳ"]), ("が", ["か\u{3099}", "ｶﾞ", "ガ"]),
    ("㈱田中", ["(株)田中"]),
    // Full width, apostrophes, hyphens, emoji.
    ("ＭＩＫＡ", ["mika"]), ("Ｐａｔ　１２", ["pat 12"]),
    (
      "Pat O'Brien",
      ["pat obrien", "Pat O’Brien", "pat o`brien", "pat o´brien", "pat oʼbrien", "pat o＇brien"]
    ),
    ("Kaʻiulani", ["kaiulani"]), ("Jean-Luc", ["jean luc", "jean‐luc", "JEAN–LUC", "jean_luc"]),
    ("🦊 Fox", ["🦊 fox"]), ("👍🏽", ["👍", "👍🏿"]), ("❤️", ["❤"]), ("👩‍🚀", ["👩🚀"]), ("1️⃣", ["1"]),
    ("so\u{AD}ft\u{200B}", ["soft"]), ("Mr. \u{202E}X", ["mr x"]), ("x²", ["x2"]), ("①", ["1"]),
    ("हिन्दी", ["हिन्दी"]), ("क़लम", ["कलम", "क\u{93C}लम"]),
  ]

  @Test(arguments: same)
  func theSame(text: String, others: [String]) {
    let folding = Folding(text)
    for other in others {
      let typed = Folding(other)
      #expect(
        [folding.plain, folding.expanded].contains(typed.plain) || folding.plain == typed.expanded,
        "\(other): \(typed) for \(folding)")
    }
  }

  @Test(arguments: [
    ("か", "が"), ("は", "ぱ"), ("हिन्दी", "हन्द"), ("กา", "กี"), ("س", "ش"), ("ב", "כ"), ("и", "ы"), ("가", "나"),
    ("Ann", "Anna"), ("👩", "👨"), ("a b", "ab"), ("7", "8"),
  ])
  func notTheSame(one: String, other: String) { #expect(Folding(one).plain != Folding(other).plain) }

  @Test(arguments: ["", " ", "-", "'", "\"*^$", "\0", "\u{301}", "\u{200D}", "ـ", "¡!¿?", "  \n\t"])
  func nothing(text: String) { #expect(Folding(text).plain.isEmpty && Folding(text).expanded.isEmpty) }

  @Test(arguments: [" ,a--b  c. ", "ء a ء b ء c", "a\0b\rc"])
  func oneSpaceBetweenWords(text: String) { #expect(Folding(text).plain == "a b c") }

  /// Folded text stays as it is, whatever it was.
  @Test func onceIsEnough() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2_000 {
      let scalars = (0..<12).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x20000, using: &generator))
      }
      let text = String(String.UnicodeScalarView(scalars))
      let plain = Folding(text).plain
      #expect(Folding(plain).plain == plain, "\(scalars.map { String($0.value, radix: 16) })")
      #expect(!plain.hasPrefix(" ") && !plain.hasSuffix(" ") && !plain.contains("  "))
    }
  }
}
