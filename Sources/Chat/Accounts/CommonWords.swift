import Foundation

/// The words that people everywhere choose as a password or begin one with: a short list of our own, in small
/// letters, without marks on them and without rows of keys, which `FirstGuess` knows by itself.
enum CommonWords {
  static let all: [String] = lists.flatMap { $0.split(separator: " ").map(String.init) }

  private static let lists = [
    // What they are for.
    """
    password passwort kennwort motdepasse contrasena senha wachtwoord passord losenord salasana haslo heslo parola \
    sifre пароль κωδικος pass secret geheim letmein access login logon welcome willkommen welkom changeme default \
    admin administrator root user guest master test tester testing server internet computer
    """,
    // Greetings and love.
    """
    hello hallo hola ciao bonjour coucou salut привет iloveyou loveyou love ichliebedich liebe jetaime amour teamo \
    tequiero amor amore euteamo любовь woaini schatz sweetheart honey baby babygirl angel engel doudou
    """,
    // Persons, animals and heroes.
    """
    princess princesa queen king family dragon monkey tiger shadow hunter butterfly charlie michael jordan daniel \
    thomas superman batman spiderman pokemon starwars ninja minecraft fortnite jesus
    """,
    // The year, the sky and the table.
    """
    summer winter spring autumn sommer herbst monday friday sunshine sonne sonnenschein soleil солнышко rainbow \
    flower star estrella chocolate chocolat cookie cheese banana pepper freedom whatever lucky happy money \
    trustno1 blink182 ncc1701 correcthorsebatterystaple
    """,
    // Games, clubs, places and brands.
    """
    football futbol fussball soccer baseball basketball bayern dortmund arsenal liverpool barcelona realmadrid \
    juventus galatasaray chelsea london paris madrid berlin deutschland marseille brasil google facebook mustang \
    ferrari mercedes
    """,
    // Months and names that many have.
    """
    january february march april june july august september october november december januar februar juli oktober \
    dezember maria anna julia sandra nicole jessica ashley amanda jennifer michelle andrea laura sarah sophie \
    robert david andrew joshua matthew martin stefan alexander patrick peter
    """,
    // Anger.
    """
    fuckyou fuckoff fuck shit asshole ihateyou hate scheisse arschloch merde puta
    """,
  ]
}

extension FirstGuess {
  /// One character as it is compared: in small letters, of ordinary width, digits of any script as ours.
  struct Key {
    /// With its marks, as it stands on a keyboard.
    let typed: Unicode.Scalar
    /// Without marks, and with the usual swaps undone: `p@$5w0rd` and `password` are the same.
    let letter: Unicode.Scalar

    var isDigit: Bool { ("0"..."9").contains(typed) }
    /// Punctuation or a space of ASCII.
    var isSign: Bool { (" "..."~").contains(typed) && !isDigit && !("a"..."z").contains(typed) }

    private static let marks = ("\u{300}" as Unicode.Scalar)...("\u{36F}" as Unicode.Scalar)
    /// 1 and ! stand for i and for l, so these are all one.
    private static let swaps: [Unicode.Scalar: Unicode.Scalar] = [
      "0": "o", "1": "i", "!": "i", "l": "i", "3": "e", "4": "a", "@": "a", "$": "s", "5": "s", "7": "t",
    ]

    private init(_ scalar: Unicode.Scalar) {
      var typed = scalar
      var letter = scalar
      if !scalar.isASCII {
        if scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue {
          typed = Unicode.Scalar(UInt8(48 + value))
          letter = typed
        } else {
          let parts = String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars
          if let base = parts.first, parts.dropFirst().allSatisfy(Self.marks.contains) { letter = base }
        }
      }
      self.typed = typed
      self.letter = Self.swaps[letter] ?? letter
    }

    static func all(of text: String) -> [Key] {
      // There and back makes ß ss, and one of the two Greek sigmas.
      let small = text.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
      return small.precomposedStringWithCanonicalMapping.unicodeScalars.filter { !marks.contains($0) }
        .map { Key($0) }
    }
  }

  /// A word that a guess can be made of, common or its owner's, by the letters that it is compared with.
  struct Word: Hashable {
    enum Kind { case common, own, short }

    let letters: [Unicode.Scalar]
    let kind: Kind

    init(_ text: some StringProtocol, _ kind: Kind) {
      letters = Key.all(of: String(text)).map(\.letter)
      self.kind = kind == .own && letters.count < 3 ? .short : kind
    }

    static let common = byFirstLetter(CommonWords.all.map { Word($0, .common) })

    static func byFirstLetter(_ words: [Word]) -> [Unicode.Scalar: [Word]] {
      var found: [Unicode.Scalar: [Word]] = [:]
      for word in Set(words) {
        if let first = word.letters.first { found[first, default: []].append(word) }
      }
      return found
    }

    /// Of a name or an email address: the whole, its two sides, the domain's end and its labels but the last, the
    /// words with and without a number at their end, the words joined forwards and backwards, and the initials.
    static func own(in text: String) -> [Word] {
      let sides = text.split(separator: "@")
      let labels = (sides.dropFirst().last ?? "").split(separator: ".")
      let words = (sides.first ?? "").split { !$0.isLetter && !$0.isNumber }
      let withoutNumbers = words.map { word in word.prefix { !$0.isNumber } }
      let whole = [text, words.joined(), words.reversed().joined(), labels.suffix(2).joined(separator: ".")]
      let parts = sides + labels.dropLast() + words + withoutNumbers
      return whole.map { Word($0, .own) } + parts.map { Word($0, .own) }
        + words.map { Word($0.prefix(1), .short) }
    }

    /// How far the word goes at the beginning of `letters`, if it stands there. A common word that is said again
    /// and again, the last time perhaps cut, is one.
    func counts(at letters: ArraySlice<Unicode.Scalar>) -> [Int] {
      guard letters.starts(with: self.letters) else { return [] }
      guard kind == .common else { return [self.letters.count] }
      var counts: [Int] = []
      var rest = letters
      while rest.starts(with: self.letters) {
        rest = rest.dropFirst(self.letters.count)
        counts.append(letters.count - rest.count)
      }
      return self.letters.starts(with: rest) ? counts + [letters.count] : counts
    }
  }
}
