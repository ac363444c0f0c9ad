import Web

/// Who may come in, that is: make an account.
public enum Admission: String, Sendable, CaseIterable {
  /// Whoever has an invitation.
  case invited
  /// Whoever has the address.
  case open
  /// Nobody.
  case closed

  /// What the owner chooses from. Nobody can be invited yet.
  static let offered: [Admission] = [.open, .closed]

  var label: Sentence {
    switch self {
    case .invited: Sentence("People with an invitation")
    case .open: Sentence("Anyone with the address")
    case .closed: Sentence("Nobody")
    }
  }

  /// What somebody reads who cannot sign up; nil where everyone can.
  var refusal: Sentence? {
    switch self {
    case .open: nil
    case .invited: Sentence("You need an invitation to join. Ask somebody who is here already.")
    case .closed: Sentence("This server is not taking new accounts. Ask whoever runs it to let you in.")
    }
  }
}
