import Web

/// A time to wait, in words.
struct Wait {
  let words: Sentence

  init(_ seconds: Int) {
    let minutes = (seconds + 59) / 60
    words =
      switch (seconds, minutes) {
      case (...1, _): Sentence("a second")
      case (..<60, _): Sentence(one: "{count} second", other: "{count} seconds", count: seconds)
      case (_, 1): Sentence("a minute")
      default: Sentence(one: "{count} minute", other: "{count} minutes", count: minutes)
      }
  }
}
