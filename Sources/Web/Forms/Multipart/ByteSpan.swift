#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Span<UInt8> {
  /// The first place of `byte` at or after `start`, at the speed of `memchr`.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    guard start >= 0, start < count else { return nil }
    // A call for each byte would be slow where all of them are the one that is looked for.
    if self[start] == byte { return start }
    return withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }
  }

  /// How many bytes from `start` on are those of `other` from `otherStart` on.
  func agreement(from start: Int, with other: Span<UInt8>, from otherStart: Int) -> Int {
    let most = min(count - start, other.count - otherStart)
    var index = 0
    while index < most, self[start + index] == other[otherStart + index] { index += 1 }
    return index
  }
}
