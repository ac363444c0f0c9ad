import Web

/// What the chat is called: up to 80 Unicode scalars after trimming, on one line, as a person's name is. It may be
/// empty, and reads Nextalk then.
struct SiteName: Sendable {
  let text: String

  struct TooLong: SentenceError {
    let sentence = Sentence("That name is too long. It can have up to 80 characters.")
  }

  init(_ input: String) throws(TooLong) {
    do { text = try FullName(input).text } catch {
      guard error == .empty else { throw TooLong() }
      text = ""
    }
  }
}
