/// Emoji that a zero width joiner makes one of several (emoji-zwj-sequences.txt of UTS 51), by the rules that they follow.
enum ZWJSequence {
  private static let adults: Set<Unicode.Scalar> = ["👨", "👩", "🧑"]
  private static let signs: Set<Unicode.Scalar> = ["♀", "♂"]
  /// What an adult works with, wears or is.
  private static let objects: Set<Unicode.Scalar> = [
    "⚕", "⚖", "✈", "🌾", "🍳", "🍼", "🎄", "🎓", "🎤", "🎨", "🏫", "🏭", "💻", "💼", "🔧", "🔬", "🚀", "🚒", "🦯", "🦼",
    "🦽", "🦰", "🦱", "🦲", "🦳", "🩰",
  ]
  /// Who goes somewhere can go to the right.
  private static let going: Set<Unicode.Scalar> = ["🦯", "🦼", "🦽", "🏃", "🚶", "🧎"]
  /// Those that may be women or men and have no skin of their own.
  private static let others: Set<Unicode.Scalar> = ["👯", "🤼", "🧞", "🧟"]
  private static let single: Set<[Unicode.Scalar]> = [
    ["🏳", "🌈"], ["🏳", "⚧"], ["🏴", "☠"], ["🐕", "🦺"], ["🐈", "⬛"], ["🐻", "❄"], ["🐦", "⬛"], ["🐦", "🔥"],
    ["❤", "🔥"],
    ["❤", "🩹"], ["😮", "💨"], ["😵", "💫"], ["😶", "🌫"], ["👁", "🗨"], ["⛓", "💥"], ["🍋", "🟩"], ["🍄", "🟫"],
    ["🙂", "↔"],
    ["🙂", "↕"],
  ]
  private static let couples: Set<[Unicode.Scalar]> = [
    ["👩", "❤", "👨"], ["👨", "❤", "👨"], ["👩", "❤", "👩"], ["👩", "❤", "💋", "👨"], ["👨", "❤", "💋", "👨"],
    ["👩", "❤", "💋", "👩"], ["🧑", "🤝", "🧑"],
  ]
  private static let parents: Set<[Unicode.Scalar]> = [["👨", "👩"], ["👨", "👨"], ["👩", "👩"], ["👨"], ["👩"]]
  private static let children: Set<[Unicode.Scalar]> = [["👦"], ["👧"], ["👧", "👦"], ["👦", "👦"], ["👧", "👧"]]
  /// What two people of different skin are joined for, and one sign stands for where they are not told apart.
  private static let together: [[Unicode.Scalar]: Unicode.Scalar] = [
    ["👩", "🤝", "👩"]: "👭", ["👩", "🤝", "👨"]: "👫", ["👨", "🤝", "👨"]: "👬", ["🧑", "❤", "🧑"]: "💑",
    ["🧑", "❤", "💋", "🧑"]: "💏", ["🫱", "🫲"]: "🤝",
  ]

  /// The sign that stands for a sequence without skin tones, where there is one.
  static func plain(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    together[scalars.filter { $0 != "\u{200D}" }].map { [$0] } ?? scalars
  }

  /// - Parameter parts: what stands between the joiners, without variation selectors and skin tones.
  static func isKnown(_ parts: [Unicode.Scalar]) -> Bool {
    if single.contains(parts) { return true }
    if parts.last == "➡" {
      let rest = Array(parts.dropLast())
      return rest.contains(where: going.contains) && (rest.count == 1 || isPerson(rest))
    }
    return isPerson(parts) || couples.contains(parts) || isFamily(parts)
  }

  private static func isPerson(_ parts: [Unicode.Scalar]) -> Bool {
    guard parts.count == 2 else { return false }
    if adults.contains(parts[0]), objects.contains(parts[1]) { return true }
    return signs.contains(parts[1]) && (parts[0].properties.isEmojiModifierBase || others.contains(parts[0]))
  }

  private static func isFamily(_ parts: [Unicode.Scalar]) -> Bool {
    let small = parts.drop(while: adults.contains)
    let grown = parts.dropLast(small.count)
    if grown.allSatisfy({ $0 == "🧑" }) {
      return (1...2).contains(grown.count) && (1...2).contains(small.count) && small.allSatisfy { $0 == "🧒" }
    }
    return parents.contains(Array(grown)) && children.contains(Array(small))
  }
}
