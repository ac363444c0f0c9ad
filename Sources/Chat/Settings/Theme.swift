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

  var label: String {
    switch self {
    case .cmyk: "CMYK"
    case .lofi: "Lo-fi"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}
