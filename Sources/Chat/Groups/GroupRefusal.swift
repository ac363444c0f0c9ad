import HTTPTypes
import Web

/// Why something was not done in a group by one who sees it.
enum GroupRefusal: SentenceError {
  case onlyAdministrators
  case onlyAdministratorsWrite
  /// They were in it until now.
  case left
  /// Somebody who was named has no account, or not any more.
  case unknownPeople(Int)
  case tooManyMembers
  /// Someone is in as many groups as they can be.
  case tooManyGroups(name: Sentence)
  case tooManyOfMine
  case notMember(name: Sentence)
  case onlyToShowLess

  var sentence: Sentence {
    switch self {
    case .onlyAdministrators: Sentence("Only administrators of this group can do that.")
    case .onlyAdministratorsWrite:
      Sentence("Only administrators can write in this group. Your message was not sent.")
    case .left: Sentence("You are no longer in this group. Your message was not sent.")
    case .unknownPeople(let count):
      Sentence(
        one: "One of the people you chose has no account any more. The others are still chosen.",
        other: "{count} of the people you chose have no account any more. The others are still chosen.",
        count: count)
    case .tooManyMembers: Sentence("A group can have up to 2,000 members, and with this it would have more.")
    case .tooManyGroups(let name):
      Sentence("{name} is in 300 groups already, and cannot be in more.", ["name": name])
    case .tooManyOfMine:
      Sentence("You are in 300 groups already. Leave one of them first.")
    case .notMember(let name): Sentence("{name} is not in this group any more.", ["name": name])
    case .onlyToShowLess:
      Sentence("You can only reduce what newcomers see. Those who are here keep what they see.")
    }
  }

  var status: HTTPResponse.Status {
    switch self {
    case .onlyAdministrators, .onlyAdministratorsWrite: .forbidden
    // They may not see it any more.
    case .left: .notFound
    default: .unprocessableContent
    }
  }
}
