import Web

extension Conversation {
  /// The other one's account is gone.
  struct Unread: SentenceError {
    let sentence = Sentence("This account was deleted, so nobody would read your message. It was not sent.")
  }
}
