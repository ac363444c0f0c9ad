import HTTPTypes
import Web

/// Why something was not done with a message by one who sees it.
enum MessageRefusal: SentenceError {
  case notYours
  case onlyAdministratorsDelete
  case onlyAdministratorsPin
  /// It is a line that tells what happened in a group.
  case nobodysMessage
  case deleted
  /// It says something else than when one began to change it.
  case changedMeanwhile
  case tooLateToUndo
  case noSuchImage
  case noEmoji
  case tooManyReactions
  case tooManyPins

  var sentence: Sentence {
    switch self {
    case .notYours: Sentence("Only the person who wrote this message can edit it.")
    case .onlyAdministratorsDelete:
      Sentence("Only the person who wrote this message and administrators of the group can delete it.")
    case .onlyAdministratorsPin: Sentence("Only administrators of this group can pin messages.")
    case .nobodysMessage: Sentence("This line says what happened in the group. It is no message.")
    case .deleted: Sentence("This message was deleted.")
    case .changedMeanwhile:
      Sentence("This message changed while you were editing it. Compare the two, then save again.")
    case .tooLateToUndo: Sentence("It is too late to undo this.")
    case .noSuchImage: Sentence("This picture is no longer here.")
    case .noEmoji: Sentence("That is not one emoji. Choose one.")
    case .tooManyReactions:
      Sentence("This message has 20 kinds of reactions already. Choose one that is there.")
    case .tooManyPins: Sentence("This conversation has 20 pinned messages already. Unpin one first.")
    }
  }

  var status: HTTPResponse.Status {
    switch self {
    case .notYours, .onlyAdministratorsDelete, .onlyAdministratorsPin, .nobodysMessage: .forbidden
    case .deleted, .changedMeanwhile, .tooLateToUndo: .conflict
    case .noSuchImage, .noEmoji, .tooManyReactions, .tooManyPins: .unprocessableContent
    }
  }
}
