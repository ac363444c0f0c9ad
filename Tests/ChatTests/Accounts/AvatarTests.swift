import Testing

@testable import Chat

/// What stands for a person without a picture.
@Suite struct AvatarTests {
  @Test(arguments: [
    ("Ada Lovelace", "AL"), ("ada", "A"), ("Ada King Lovelace", "AL"), ("李小龍", "李"),
    ("\"Ada\" (Lovelace)", "AL"), ("émile zola", "ÉZ"), ("7 of 9", "79"), ("😀", "😀"), ("", ""),
    ("- -", "--"), ("გიორგი მაისურაძე", "გმ"), ("👨‍👩‍👧‍👦 Family", "👨‍👩‍👧‍👦F"), ("🇩🇪 Team", "🇩🇪T"),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("1️⃣ First", "1️⃣F"), ("ǆemal ßeta", "ǅS"), ("ﬁona", "F"), ("김 철수", "김철"),
    ("सीता", "सी"), ("محمد علي", "م\u{200C}ع"), ("שרה לוי", "של"), ("Ωmega ᾳ", "Ωᾼ"), ("   ", ""),
    ("ꭰꮃ", "Ꭰ"),
  ])
  func initials(name: String, expected: String) { #expect(Avatar.initials(of: name) == expected) }

  @Test func aTowerOfMarksIsNotShown() {
    #expect(Avatar.initials(of: "a" + String(repeating: "\u{0301}", count: 79)).unicodeScalars.count <= 4)
  }

  @Test(arguments: ["ßeta ßeta", "\u{FB03}x"]) func neverMoreThanTwoLetters(name: String) {
    #expect(Avatar.initials(of: name).count <= 2)
  }

  @Test func twelveColours() {
    #expect(Set((1...100).map { Avatar.colour(of: $0) }) == Set(0..<12))
    #expect(Avatar.colour(of: 7) == Avatar.colour(of: 7))
  }
}
