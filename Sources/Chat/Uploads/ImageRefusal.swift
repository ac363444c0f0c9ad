/// Why a file is not taken in as an image.
enum ImageRefusal: SentenceError {
  case notAnImage(String)
  /// HEIC or AVIF.
  case unshowable(String, kind: String)
  case damaged(String)
  /// More than `maximum`, which is whole millions and depends on what the picture is for.
  case tooManyPixels(String, maximum: Int)
  case tooLargeAnimation(String)
  case tooLarge(String)

  var sentence: String {
    switch self {
    case .notAnImage(let name):
      "\(Self.shown(name)) is not an image that can be sent. Choose a JPEG, PNG, GIF or WebP file."
    case .unshowable(let name, let kind):
      "\(Self.shown(name)) is a picture in \(kind), which many browsers cannot show. "
        + "Save it as JPEG and try again."
    case .damaged(let name):
      "\(Self.shown(name)) is damaged or not complete. Open it, save it again, or choose another one."
    case .tooManyPixels(let name, let maximum):
      "\(Self.shown(name)) has more than \(maximum / 1_000_000) million pixels. "
        + "Make it smaller and try again."
    case .tooLargeAnimation(let name):
      "\(Self.shown(name)) is too large an animation. Make it smaller or shorter and try again."
    case .tooLarge(let name):
      "\(Self.shown(name)) is larger than 10 MiB. Make it smaller and try again."
    }
  }

  /// A file's name is a stranger's text: no longer than one can read.
  private static func shown(_ name: String) -> String {
    let scalars = name.unicodeScalars
    guard !name.isEmpty else { return "The file" }
    return scalars.count <= 80 ? name : String(String.UnicodeScalarView(scalars.prefix(79))) + "…"
  }
}
