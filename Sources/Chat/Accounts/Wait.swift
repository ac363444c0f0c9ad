/// A time to wait, in words.
struct Wait: CustomStringConvertible {
  let description: String

  init(_ seconds: Int) {
    let minutes = (seconds + 59) / 60
    description =
      switch (seconds, minutes) {
      case (...1, _): "a second"
      case (..<60, _): "\(seconds) seconds"
      case (_, 1): "a minute"
      default: "\(minutes) minutes"
      }
  }
}
