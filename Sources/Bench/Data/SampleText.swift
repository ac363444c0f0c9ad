/// Names and messages as long as people's.
enum SampleText {
  private static let first = [
    "Mara", "Jonas", "Amina", "Petra", "Tomas", "Ilse", "Noor", "Kofi", "Lena", "Marek", "Sofia", "Emil",
    "Yara",
    "Oskar", "Hana", "Luis", "Ines", "Samir", "Greta", "Pavel", "Nils", "Aiko", "Bruno", "Clara", "Dario",
    "Edda",
    "Farid", "Gina", "Hugo", "Irma", "Janek", "Kaja",
  ]
  private static let last = [
    "Lindqvist", "Weber", "Okafor", "Novak", "Berg", "Haddad", "Mensah", "Kowalski", "Santos", "Fischer",
    "Larsen",
    "Moreau", "Tanaka", "Ricci", "Dvorak", "Nilsson", "Meyer", "Costa", "Petrov", "Hansen", "Vogel", "Ortega",
    "Keller", "Sato", "Lange", "Dubois", "Olsen", "Kraus", "Romero", "Jansen", "Fuchs", "Silva",
  ]
  private static let messages = [
    "Platform 4, ten past eight.",
    "Yes! I bring the bread, you bring the cheese, and we need something to drink.",
    "There is room for one more in the car if somebody wants to come along on Sunday.", "See you at seven",
    "Did anybody see my blue scarf? I think I left it on the chair near the window.", "😀", "ok",
    "The meeting moved to Thursday, same place, and please bring the list with the names of the new members.",
    "I will ask her tomorrow when we meet.", "Thank you so much for the pictures, they came out well!",
  ]

  static func name(_ number: Int) -> String {
    "\(first[number % first.count]) \(last[number / first.count % last.count])"
  }

  static func message(_ number: Int) -> String { messages[number % messages.count] }
}
