import GRDB

extension Conversation {
  /// The other one's account is gone.
  struct Unread: SentenceError {
    let sentence = "This account was deleted, so nobody would read your message. It was not sent."
  }

  /// - Throws: ``Unread``, or ``ChatError/signedOut`` where the sender's own account went meanwhile.
  func checkIsRead(from sender: User.ID, in db: Database) throws {
    guard try User.find(sender, in: db)?.isDeleted == false else { throw ChatError.signedOut }
    if let other = other(than: sender), try User.find(other, in: db)?.isDeleted == true { throw Unread() }
  }
}
