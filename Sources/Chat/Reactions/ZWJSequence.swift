/// Emoji that a zero width joiner makes one of several (emoji-zwj-sequences.txt of UTS 51), by the rules that they follow.
enum ZWJSequence {
  private static let adults: Set<Unicode.Scalar> = ["👨", "👩", "🧑"]
  private static let children: Set<Unicode.Scalar> = ["👦", "👧", "🧒"]
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
    ["🙂", "↕"], ["🫱", "🫲"],
  ]

  /// - Parameter parts: what stands between the joiners, without variation selectors and skin tones.
  static func isKnown(_ parts: [Unicode.Scalar]) -> Bool {
    if single.contains(parts) { return true }
    if parts.last == "➡" {
      let rest = Array(parts.dropLast())
      return rest.contains(where: going.contains) && (rest.count == 1 || isPerson(rest))
    }
    return isPerson(parts) || isFamily(parts) || isCouple(parts)
  }

  private static func isPerson(_ parts: [Unicode.Scalar]) -> Bool {
    guard parts.count == 2 else { return false }
    if adults.contains(parts[0]), objects.contains(parts[1]) { return true }
    return signs.contains(parts[1]) && (parts[0].properties.isEmojiModifierBase || others.contains(parts[0]))
  }

  private static func isFamily(_ parts: [Unicode.Scalar]) -> Bool {
    let grown = parts.prefix(while: adults.contains)
    let small = parts.dropFirst(grown.count)
    return (1...2).contains(grown.count) && (1...2).contains(small.count)
      && small.allSatisfy(children.contains)
  }

  private static func isCouple(_ parts: [Unicode.Scalar]) -> Bool {
    guard let first = parts.first, let last = parts.last, adults.contains(first), adults.contains(last) else {
      return false
    }
    return [["❤"], ["❤", "💋"], ["🤝"]].contains(Array(parts.dropFirst().dropLast()))
  }
}
