import Foundation

/// The monotonic clock, in nanoseconds.
typealias Nanoseconds = Int64

extension Nanoseconds {
  static var now: Nanoseconds {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static func seconds(_ seconds: Double) -> Nanoseconds { Nanoseconds(seconds * 1e9) }

  var seconds: Double { Double(self) / 1e9 }
  var milliseconds: Double { Double(self) / 1e6 }
}
