/// Width and height in pixels, both at least 1 and together within ``ImageFile/maximumPixels``.
struct PixelSize: Equatable {
  let width: Int
  let height: Int

  /// - Throws: `damaged` for an empty picture, `tooManyPixels` for one beyond the limit.
  init(_ width: Int, _ height: Int) throws(ImageFile.Refusal) {
    guard width > 0, height > 0 else { throw .damaged }
    let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
    guard !overflow, pixels <= ImageFile.maximumPixels else { throw .tooManyPixels }
    self.width = width
    self.height = height
  }

  private init(turned size: PixelSize) {
    width = size.height
    height = size.width
  }

  /// The fewest bytes for which a picture is taken that is not whole: a byte for each block of 8 by 8 pixels in
  /// the first row, and each colour. Of fewer, nothing is seen.
  var leastBytes: Int { (width + 7) / 8 * 3 }

  /// The size as shown.
  func shown(by orientation: Orientation?) -> PixelSize {
    orientation?.swapsSides == true ? PixelSize(turned: self) : self
  }

  /// Checks that a frame lies on this canvas. No argument may be negative or have more than 32 bits.
  /// - Throws: `damaged` when any of it lies outside, or the frame is empty.
  func checkFrame(x: Int, y: Int, width: Int, height: Int) throws(ImageFile.Refusal) {
    guard width > 0, height > 0, x + width <= self.width, y + height <= self.height else { throw .damaged }
  }

  /// Checks that this may be the canvas of so many frames. One frame is a still, and always may have it.
  /// Parsers ask before they read a frame, so that they stop at the first one too many.
  /// - Throws: `tooLargeAnimation` beyond either limit of ``ImageFile``.
  func checkAnimation(of frames: Int) throws(ImageFile.Refusal) {
    guard frames > 1 else { return }
    let pixels = width * height
    // A division, since a file may claim more frames than the product has room for.
    guard pixels <= ImageFile.maximumAnimationCanvasPixels,
      frames <= ImageFile.maximumAnimationPixels / pixels
    else { throw .tooLargeAnimation }
  }
}
