import Testing

@testable import Chat

@Suite struct EmojiTextTests {
  @Test(arguments: [
    "😀", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "❤️", "1️⃣", "😀 🎉\n🥳", "😀😀😀😀😀😀", "☝🏻", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  ])
  func isAll(text: String) { #expect(EmojiText.isAll(of: text)) }

  @Test(arguments: [
    "", " ", "a", "1", "#", "©", "❤", "😀!", "ok 😀", "😀😀😀😀😀😀😀", "\u{FE0F}", "<b>😀</b>", "😀\u{202E}a",
    String(repeating: "😀", count: 5_000),
  ])
  func isNot(text: String) { #expect(!EmojiText.isAll(of: text)) }
}
