import Testing

@testable import Chat

/// What is nothing but a first guess, and what only holds one. The owner is Mara Lindqvist.
@Suite struct FirstGuessTests {
  private func isFirstGuess(_ password: String) -> Bool {
    FirstGuess(of: ["mara.lindqvist87@mail.example.org", "Mara Lindqvist"]).isAll(of: password)
  }

  @Test(arguments: [
    "qwertyuiop", "poiuytrewq", "qwertzuiop", "azertyuiop", "QWERTYUI", "asdfghjkl;", "qsdfghjklm",
    "zxcvbnm,./", "ölkjhgfd", "йцукенгш", "1qaz2wsx", "zaq12wsx", "1q2w3e4r", "q1w2e3r4", "qazwsxedc",
    "!QAZ2wsx", "a1s2d3f4", "12qwaszx", "zse4rfv5", "abcdefgh", "hgfedcba", "qwertyasdf", "abc123abc",
    "123qweasd", "abcd1234", "AbCd1234", "qwerty!@#$%^", "qwerty2024", "q w e r t y", "aabbccdd", "a1b2c3d4",
  ])
  func rowsAndRunsOfKeysAreRefused(password: String) { #expect(isFirstGuess(password)) }

  @Test(arguments: [
    "12345678", "87654321", "11223344", "29384756", "24121987", "24.12.1987", "24/12/1987", "1987-12-24",
    "24. 12. 1987", "+49 170 123456", "7391846205173", "12345678901234567890", "1122334455667788", "٠٧٣٩١٨٤٦",
    "1234567890a", "x29384756",
  ])
  func digitsAreRefused(password: String) { #expect(isFirstGuess(password)) }

  @Test(arguments: ["73918462051738", "7391 8462 0517 38", "84629175038264913", "73918462051738!"])
  func fourteenDigitsByChanceAreTaken(password: String) { #expect(!isFirstGuess(password)) }

  @Test(arguments: [
    "aaaaaaaa", "abababab", "abcabcabc", "abcabcab", "hahahaha", "HAhahaHA", "k7qk7qk7", "x7kqx7kq",
    "aaaabbbb",
    "hahaha12", "passwordpassword", "passwordpass", "password1password1password1pa", "        ",
    "\0\0\0\0\0\0\0\0",
    "🦊🦊🦊🦊🦊🦊🦊🦊", "👩🏽‍🚒👩🏽‍🚒👩🏽‍🚒", "🦊🐻🦊🐻🦊🐻🦊🐻", "éééééééé", "e\u{301}ée\u{301}ée\u{301}é",
    "\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
  ])
  func repeatsAreRefused(password: String) { #expect(isFirstGuess(password)) }

  @Test(arguments: [
    "password", "PassWord", "P@ssw0rd", "pa55word", "passw0rd!", "Passwort1", "welcome2024!!", "iloveyou",
    "i love you", "sunsh1ne", "trustno1", "hallo1234", "summer2024", "admin1234!", "Schatz!?", "mot de passe",
    "contraseña", "contrasen\u{303}a", "CONTRASENA", "##2024password!?", "!!1234hallo1234!!", "dragonmonkey",
    "Monkey Dragon", "dragon-dragon", "summer1winter2", "hallo123456", "qwertypassword", "ｐａｓｓｗｏｒｄ",
    "пароль12", "January2025", "london2012", "maria1985", "fuckyou1", "correcthorsebatterystaple",
  ])
  func commonWordsAreRefused(password: String) { #expect(isFirstGuess(password)) }

  @Test(arguments: CommonWords.all) func everyCommonWordIsRefusedWithDigits(word: String) {
    #expect(isFirstGuess(word + "2847"))
    #expect(isFirstGuess("28" + word.uppercased() + "!"))
  }

  @Test(arguments: [
    "mara.lindqvist87@mail.example.org", "MARA.LINDQVIST87", "mara.lindqvist", "example.org",
    "mail.example.org",
    "example1", "lindqvist", "L1ndqv1st!", "mara1987", "mara lindqvist", "Lindqvist, Mara", "lindqvistmara",
    "mara-lindqvist", "mara_lindqvist_87", "maraMara", "mlindqvist", "nextalk1", "Nextalk2024!", "n3xt4lk!",
    "nextalknextalk", "maranextalk", "nextalkpassword",
  ])
  func whatIsTheOwnersIsRefused(password: String) { #expect(isFirstGuess(password)) }

  @Test(arguments: [
    ("Τάσος", "ΤΑΣΟΣ1990"), ("Τάσος", "τάσος123!"), ("Мария", "МАРИЯ123"), ("Zoë Straße", "STRASSE1"),
    ("Zoë Straße", "zoe\u{308}strasse"), ("Li An", "anli1234"), ("J R Tolkien", "tolkienjr"),
    ("김민준", "김민준2847!"), ("नेहा शर्मा", "शर्मानेहा12"), ("İpek Yılmaz", "YILMAZ12"),
  ])
  func namesOfAnyScriptAreRefused(name: String, password: String) {
    #expect(FirstGuess(of: [name]).isAll(of: password))
    #expect(!FirstGuess().isAll(of: password))
  }

  @Test func theNameOfTheChatIsAlwaysKnown() { #expect(FirstGuess().isAll(of: "nextalk1")) }

  @Test func piecesOfTwoCharactersAreIgnored() {
    #expect(!FirstGuess(of: ["Al", "Bo", "al@bo.cc"]).isAll(of: "albo2847"))
  }

  @Test(arguments: [
    "correct horse battery", "staple horse battery", "a longer sentence", "password of my dog Rex",
    "my dragon eats qwerty pies", "aaaaaaaab7xk2", "nextalk is where we meet", "mara lindqvist's 3 boats",
    "Tr0ub4dor&3", "password&$)(%/=%", "password28471", "sunshine princess dragon", "mareike boats",
    "x7Kq2mPz",
    "kd8#vQp2", "🦊🐻🐼🐨🐯🦁🐮🐷", "sommerwiese im regen",
  ])
  func whatOnlyHoldsAGuessIsTaken(password: String) { #expect(!isFirstGuess(password)) }

  @Test(arguments: [
    "", " ", "\0", "\u{301}", "@", "@@", ".@.", "1", "a\u{301}\u{301}", "🇩🇪", "\u{FDFA}", "\r\n",
  ])
  func anyTextIsAnswered(text: String) {
    let guess = FirstGuess(of: [text, text + "@" + text, String(repeating: text, count: 80)])
    #expect(!guess.isAll(of: text + "kd8#vQp2zj"))
    _ = guess.isAll(of: text)
  }

  @Test(arguments: ["password", "mara", "hallo1mara", "m", "ab1!", "\u{FDFA}\u{FDFB}"])
  func longPasswordsAreAnsweredSoon(group: String) {
    let password = String(repeating: group, count: 248 / group.unicodeScalars.count) + "kd8#vQp2"
    let time = ContinuousClock().measure { #expect(!isFirstGuess(password)) }
    #expect(time < .seconds(1))
  }
}
