import Foundation

extension UnsafeRawBufferPointer {
  /// Where `pattern` begins at or after `place`; its first byte should be a rare one.
  func firstIndex(of pattern: StaticString, from place: Int) -> Int? {
    let length = pattern.utf8CodeUnitCount
    guard let base = baseAddress else { return nil }
    var place = place
    while place + length <= count,
      let found = memchr(base + place, CInt(pattern.utf8Start[0]), count - length + 1 - place)
    {
      place = base.distance(to: UnsafeRawPointer(found))
      if memcmp(found, pattern.utf8Start, length) == 0 { return place }
      place += 1
    }
    return nil
  }
}
