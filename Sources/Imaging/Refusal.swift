extension ImageFile {
  /// Why a file is not taken as a picture.
  public enum Refusal: Error, Sendable {
    /// No JPEG, PNG, GIF or WebP.
    case unknownFormat
    /// A variety of JPEG that only some browsers show: lossless, arithmetic-coded, of more than 8 bits.
    case unusual
    /// The file ends before there is anything to see, contradicts itself or breaks its format.
    case damaged
    /// The picture has more than ``ImageFile/maximumPixels``.
    case tooManyPixels
    /// An animation's canvas has more than ``ImageFile/maximumAnimationCanvasPixels``, or all of its frames
    /// together have more than ``ImageFile/maximumAnimationPixels``.
    case tooLargeAnimation
  }
}
