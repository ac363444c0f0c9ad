import Web

/// Why a file is not taken in as an image.
enum ImageRefusal: SentenceError {
  case notAnImage(String)
  /// HEIC or AVIF.
  case unshowable(String, kind: String)
  /// A JPEG that only some browsers show.
  case unusual(String)
  case damaged(String)
  /// More than `maximum`, which is whole millions and depends on what the picture is for.
  case tooManyPixels(String, maximum: Int)
  case tooLargeAnimation(String)
  case tooLarge(String)

  var sentence: Sentence {
    switch self {
    case .notAnImage(let name):
      Sentence(
        "{file} is not an image that can be sent. Choose a JPEG, PNG, GIF or WebP file.",
        ["file": Self.shown(name)])
    case .unshowable(let name, let kind):
      Sentence(
        "{file} is a picture in {kind}, which many browsers cannot show. Save it as JPEG and try again.",
        ["file": Self.shown(name), "kind": kind])
    case .unusual(let name):
      Sentence(
        "{file} is a rare kind of JPEG, which some browsers cannot show. Save it as a usual JPEG or as PNG and try again.",
        ["file": Self.shown(name)])
    case .damaged(let name):
      Sentence(
        "{file} is damaged or not complete. Open it, save it again, or choose another one.",
        ["file": Self.shown(name)])
    case .tooManyPixels(let name, let maximum):
      Sentence(
        "{file} has more than {millions} million pixels. Make it smaller and try again.",
        ["file": Self.shown(name), "millions": maximum / 1_000_000])
    case .tooLargeAnimation(let name):
      Sentence(
        "{file} is an animation that is too large. Make it smaller or shorter and try again.",
        ["file": Self.shown(name)])
    case .tooLarge(let name):
      Sentence(
        "{file} is larger than 10 MiB. Make it smaller and try again.", ["file": Self.shown(name)])
    }
  }

  /// A file's name is a stranger's text: no longer than one can read.
  private static func shown(_ name: String) -> Sentence {
    let scalars = name.unicodeScalars
    guard !name.isEmpty else { return Sentence("The file") }
    return .verbatim(
      scalars.count <= 80 ? name : String(String.UnicodeScalarView(scalars.prefix(79))) + "…")
  }
}
