import Web

/// What a group is called: 1 to 80 Unicode scalars after trimming, of any script, on one line. The same rules as a
/// person's name has.
struct GroupName: Sendable {
  let text: String

  enum Refusal: SentenceError {
    case empty, tooLong

    var sentence: Sentence {
      switch self {
      case .empty: Sentence("Give the group a name.")
      case .tooLong: Sentence("That name is too long. It can have up to 80 characters.")
      }
    }
  }

  init(_ input: String) throws(Refusal) {
    do { text = try FullName(input).text } catch {
      throw error == .empty ? .empty : .tooLong
    }
  }
}

/// What a group is for, in the words of its administrators: up to 500 Unicode scalars after trimming.
struct GroupDescription: Sendable {
  static let maximumScalars = 500
  let text: String

  struct TooLong: SentenceError {
    let count: Int
    var sentence: Sentence {
      Sentence("The description has {count} characters; it can have up to 500.", ["count": count])
    }
  }

  init(_ input: String) throws(TooLong) {
    let lines = try? MessageText(input, mayBeEmpty: true)
    let count = input.unicodeScalars.count
    guard let lines else { throw TooLong(count: count) }
    let text = lines.text.trimming(while: \.isWhitespace)
    guard text.unicodeScalars.count <= Self.maximumScalars else {
      throw TooLong(count: text.unicodeScalars.count)
    }
    self.text = text
  }
}

extension String {
  fileprivate func trimming(while isOuter: (Character) -> Bool) -> String {
    guard let first = firstIndex(where: { !isOuter($0) }), let last = lastIndex(where: { !isOuter($0) })
    else {
      return ""
    }
    return String(self[first...last])
  }
}
