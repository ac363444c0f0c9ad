extension ImageFile {
  /// Why a file is not taken as a picture.
  public enum Refusal: Error, Sendable {
    /// No JPEG, PNG, GIF or WebP, or a variety of one that browsers do not show (a lossless JPEG).
    case unknownFormat
    /// The file ends too early, contradicts itself or breaks its format.
    case damaged
    /// The picture has more than ``ImageFile/maximumPixels``.
    case tooManyPixels
    /// An animation's canvas has more than ``ImageFile/maximumAnimationCanvasPixels``, or all of its frames
    /// together have more than ``ImageFile/maximumAnimationPixels``.
    case tooLargeAnimation
  }
}
