import Web

/// How the pages look. The palettes are in the style sheet, by the raw value.
enum Theme: String, CaseIterable, Sendable {
  /// Light or dark, as the device says.
  case system
  case light, dark, cupcake, bumblebee, emerald, corporate, synthwave, retro, cyberpunk, valentine, halloween
  case garden, forest, aqua, lofi, pastel, fantasy, wireframe, black, luxury, dracula, cmyk, autumn, business
  case acid, lemonade, night, coffee, winter, dim, nord, sunset

  static let cookie = "nextalk_theme"
  static let seconds = 400 * 24 * 3600

  /// - Parameter stored: as in the database or a cookie; what is no theme counts as ``system``.
  init(stored: String?) { self = stored.flatMap { Theme(rawValue: $0) } ?? .system }

  var label: Sentence {
    switch self {
    case .system: Sentence("System", in: "theme")
    case .light: Sentence("Light", in: "theme")
    case .dark: Sentence("Dark", in: "theme")
    case .cupcake: Sentence("Cupcake", in: "theme")
    case .bumblebee: Sentence("Bumblebee", in: "theme")
    case .emerald: Sentence("Emerald", in: "theme")
    case .corporate: Sentence("Corporate", in: "theme")
    case .synthwave: Sentence("Synthwave", in: "theme")
    case .retro: Sentence("Retro", in: "theme")
    case .cyberpunk: Sentence("Cyberpunk", in: "theme")
    case .valentine: Sentence("Valentine", in: "theme")
    case .halloween: Sentence("Halloween", in: "theme")
    case .garden: Sentence("Garden", in: "theme")
    case .forest: Sentence("Forest", in: "theme")
    case .aqua: Sentence("Aqua", in: "theme")
    case .lofi: Sentence("Lo-fi", in: "theme")
    case .pastel: Sentence("Pastel", in: "theme")
    case .fantasy: Sentence("Fantasy", in: "theme")
    case .wireframe: Sentence("Wireframe", in: "theme")
    case .black: Sentence("Black", in: "theme")
    case .luxury: Sentence("Luxury", in: "theme")
    case .dracula: Sentence("Dracula", in: "theme")
    case .cmyk: Sentence("CMYK", in: "theme")
    case .autumn: Sentence("Autumn", in: "theme")
    case .business: Sentence("Business", in: "theme")
    case .acid: Sentence("Acid", in: "theme")
    case .lemonade: Sentence("Lemonade", in: "theme")
    case .night: Sentence("Night", in: "theme")
    case .coffee: Sentence("Coffee", in: "theme")
    case .winter: Sentence("Winter", in: "theme")
    case .dim: Sentence("Dim", in: "theme")
    case .nord: Sentence("Nord", in: "theme")
    case .sunset: Sentence("Sunset", in: "theme")
    }
  }
}
