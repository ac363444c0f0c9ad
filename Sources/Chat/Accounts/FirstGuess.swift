import Foundation

/// What anybody would try first as someone's password: rows and runs of keys, digits, repeats, common words, and
/// what is the owner's own. A password is refused when it is made of nothing else; one that only holds such a
/// guess is taken. Pure, and about linear in the length. Whoever sets a password asks it, after its length is
/// known to be right.
struct FirstGuess: Sendable {
  /// By their first letter.
  private let words: [Unicode.Scalar: [Word]]

  /// `owner` are texts that are the person's own: the email address, the full name. The chat's name is known.
  init(of owner: [String] = []) {
    let own = (owner + ["Nextalk"]).flatMap { Word.own(in: $0) }
    words = Word.common.merging(Word.byFirstLetter(own)) { $0 + $1 }
  }

  func isAll(of password: String) -> Bool {
    // An emoji can be a character of many scalars, and a mark can be no character by itself.
    if Self.isRepeat(Array(password)) || Self.isRepeat(Array(password.unicodeScalars)) { return true }
    let keys = Key.all(of: password)
    let joined = Self.withoutSeparators(keys)
    return isAll(of: keys) || (joined.count < keys.count && isAll(of: joined))
  }

  /// What is longer than this is no guess, but for what is said again.
  private static let longest = 64

  private func isAll(of keys: [Key]) -> Bool {
    guard keys.count <= Self.longest else {
      return Self.longGroup(keys).map { $0.count <= Self.longest && isTiled($0) } ?? false
    }
    return Self.isShortNumber(keys) || Self.isNumberAndLetter(keys) || Self.isRepeatInTrimmings(keys)
      || isTiled(keys)
      || Self.longGroup(keys).map { isTiled($0) } ?? false
  }

  // MARK: - Digits

  /// A number, a date or a telephone number: fewer than 14 digits, whatever stands between them.
  private static func isShortNumber(_ keys: [Key]) -> Bool {
    let digits = keys.count { $0.isDigit }
    let separators = keys.count { " .-/:,_+()".unicodeScalars.contains($0.typed) }
    let others = keys.count - digits - separators
    return (1..<14).contains(digits) && separators < digits && others <= 2
      && keys.allSatisfy { $0.isDigit || $0.isSign }
  }

  /// The same with a letter before or after it.
  private static func isNumberAndLetter(_ keys: [Key]) -> Bool {
    [(keys.first, Array(keys.dropFirst())), (keys.last, Array(keys.dropLast()))].contains { end, rest in
      end.map { !$0.isDigit && !$0.isSign } == true && isShortNumber(rest)
    }
  }

  // MARK: - Repeats

  /// Whether a group is said again and again, the last time perhaps cut. Groups of 8 and more could be passwords
  /// by themselves; a shorter one makes none by being said twice.
  private static func isRepeat<Item: Equatable>(_ items: [Item]) -> Bool {
    (1..<8).contains { items.count >= 2 * $0 && zip(items, items.dropFirst($0)).allSatisfy(==) }
  }

  private static func isRepeatInTrimmings(_ keys: [Key]) -> Bool {
    let typed = keys.map(\.typed)
    let ends = trimmings(keys.reversed(), digits: digitsAllowed(keys))
    return trimmings(keys[...], digits: digitsAllowed(keys)).contains { start in
      ends.contains { end in
        let core = Array(typed.dropFirst(start.count).dropLast(end.count))
        return core.count >= 4 && isRepeat(core)
      }
    }
  }

  /// The group that is said again, if it is too long for `isRepeat`: a guess twice is a guess.
  private static func longGroup(_ keys: [Key]) -> [Key]? {
    let typed = keys.map(\.typed)
    let length = (1..<max(typed.count, 2)).first { zip(typed, typed.dropFirst($0)).allSatisfy(==) }
    return length.flatMap { $0 < keys.count ? Array(keys.prefix($0)) : nil }
  }

  // MARK: - Guesses one after the other

  /// What came before a place: common words, and the owner's own, whose many parts count as one word.
  private struct Progress: Hashable {
    var commonWords = 0
    var hasOwn = false
    /// An initial or a word of two letters, which is a guess only beside a longer one.
    var hasShort = false

    var isGuess: Bool { hasOwn || !hasShort }

    func adding(_ kind: Word.Kind?) -> Progress? {
      var next = self
      switch kind {
      case .common: next.commonWords += 1
      case .own: next.hasOwn = true
      case .short: next.hasShort = true
      case nil: break
      }
      return next.commonWords + (next.hasOwn || next.hasShort ? 1 : 0) <= 2 ? next : nil
    }
  }

  /// Whether runs of keys, at most two common words, and own words lie one after the other from end to end, with
  /// no more than trimmings around and between them. Goes from place to place, and knows for each what can have
  /// come before it and the fewest digits that stood in between.
  private func isTiled(_ keys: [Key]) -> Bool {
    let digits = Self.digitsAllowed(keys)
    let straight = Self.runLengths(keys, apart: 1)
    let zigzag = Self.zigzagLengths(keys)
    let letters = keys.map(\.letter)
    var starts = [[Progress: Int]](repeating: [:], count: keys.count + 1)
    var ends = starts
    for trimming in Self.trimmings(keys[...], digits: digits) { starts[trimming.count][Progress()] = 0 }
    for place in starts.indices {
      let trimmings = Self.trimmings(keys[place...], digits: digits)
      let reachesEnd = trimmings.contains { $0.count == keys.count - place }
      if reachesEnd, ends[place].keys.contains(where: \.isGuess) { return true }
      for (progress, before) in ends[place] {
        for trimming in trimmings where before + trimming.digits <= digits {
          let reached = CollectionOfOne((progress, before + trimming.digits))
          starts[place + trimming.count].merge(reached, uniquingKeysWith: min)
        }
      }
      guard place < keys.count, !starts[place].isEmpty else { continue }
      // A part of a run is a run, so that these lengths make up all longer ones.
      var pieces = (3...5).filter { $0 <= straight[place] }.map { (count: $0, kind: Word.Kind?.none) }
      pieces += (6...11).filter { $0 <= zigzag[place] }.map { (count: $0, kind: Word.Kind?.none) }
      for word in words[letters[place], default: []] where digits > 0 || word.kind != .common {
        pieces += word.counts(at: letters[place...]).map { (count: $0, kind: word.kind) }
      }
      for (progress, before) in starts[place] {
        for piece in pieces {
          guard let next = progress.adding(piece.kind) else { continue }
          ends[place + piece.count].merge(CollectionOfOne((next, before)), uniquingKeysWith: min)
        }
      }
    }
    return false
  }

  /// How far the digits and signs at the beginning may be taken for an ornament: up to four digits and two signs.
  private static func trimmings(
    _ keys: some Sequence<Key>, digits allowed: Int
  ) -> [(count: Int, digits: Int)] {
    var found = [(count: 0, digits: 0)]
    var (digits, signs) = (0, 0)
    for key in keys {
      if key.isDigit { digits += 1 } else if key.isSign { signs += 1 } else { break }
      guard digits <= allowed, signs <= 2 else { break }
      found.append((digits + signs, digits))
    }
    return found
  }

  /// No digit is an ornament where there is nothing else: 14 of them by chance make a good password.
  private static func digitsAllowed(_ keys: [Key]) -> Int {
    keys.allSatisfy { $0.isDigit || $0.isSign } ? 0 : 4
  }

  /// `mot de passe` as `motdepasse`: without single separators between other characters.
  private static func withoutSeparators(_ keys: [Key]) -> [Key] {
    let isSeparator = [false] + keys.map { " .-_".unicodeScalars.contains($0.typed) } + [false]
    return zip(keys.indices, keys).filter { place, _ in
      let isInside = place > 0 && place < keys.count - 1
      return !(isInside && isSeparator[place + 1] && !isSeparator[place] && !isSeparator[place + 2])
    }.map(\.1)
  }

  // MARK: - Runs

  /// Where the keys lie, by row and column: QWERTY, QWERTZ, AZERTY and the Russian one, each row followed by
  /// what its keys write with Shift where that is no capital letter.
  private static let keyboards: [[Unicode.Scalar: (row: Int, column: Int)]] = [
    [
      "`1234567890-=", "~!@#$%^&*()_+", " qwertyuiop[]\\", "           {}|", " asdfghjkl;'", "          :\"",
      " zxcvbnm,./", "        <>?",
    ],
    [
      "^1234567890", " !\"§$%&/()=?", " qwertzuiopü+", "            *", " asdfghjklöä#", "            '",
      "<yxcvbnm,.-", ">       ;:_",
    ],
    [
      " &é\"'(-è_çà)=", " 1234567890°+", " azertyuiop $", "            £", " qsdfghjklmù*", "           %µ",
      "<wxcvbn,;:!", ">      ?./§",
    ],
    [
      "ё1234567890-=", " !\" ;%:?*()_+", " йцукенгшщзхъ", "", " фывапролджэ", "", " ячсмитьбю.",
      "          ,",
    ],
  ].map { rows in
    var places: [Unicode.Scalar: (row: Int, column: Int)] = [:]
    for (number, row) in rows.enumerated() {
      for (column, key) in row.unicodeScalars.enumerated() where key != " " {
        places[key] = places[key] ?? (number / 2, column)
      }
    }
    return places
  }

  /// For each place, how many keys from there on, so far `apart`, go on in one direction: along the alphabet or
  /// the digits, along a row or a column of a keyboard, or nowhere.
  private static func runLengths(_ keys: [Key], apart: Int) -> [Int] {
    let typed = keys.map(\.typed)
    let pairs = zip(typed, typed.dropFirst(apart))
    let alphabet = pairs.map { first, second -> Int? in
      let step = Int(second.value) - Int(first.value)
      return abs(step) <= 1 ? step : nil
    }
    let walks = keyboards.map { keyboard in
      pairs.map { first, second -> Int? in
        guard let from = keyboard[first], let to = keyboard[second] else { return nil }
        let (down, right) = (to.row - from.row, to.column - from.column)
        // A column leans: up and to the right is also straight, up and to the left is not.
        return abs(down) <= 1 && abs(right) <= 1 && down * right <= 0 ? 10 * down + right : nil
      }
    }
    var longest = [Int](repeating: 1, count: keys.count)
    for steps in [alphabet] + walks {
      var lengths = longest.map { _ in 1 }
      for (place, step) in steps.enumerated().reversed() where step != nil {
        let goesOn = place + apart < steps.count && steps[place + apart] == step
        lengths[place] = goesOn ? lengths[place + apart] + 1 : 2
      }
      longest = zip(longest, lengths).map(max)
    }
    return longest
  }

  /// For each place, how many keys from there on are two runs that take turns: `1q2w3e4r`, `a1b2c3`, `aabbcc`.
  private static func zigzagLengths(_ keys: [Key]) -> [Int] {
    let lengths = runLengths(keys, apart: 2)
    return zip(lengths, lengths.dropFirst() + [0]).map { min(2 * $0, 2 * $1 + 1) }
  }
}
