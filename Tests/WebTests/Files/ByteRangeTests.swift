import Testing

@testable import Web

/// RFC 9110, 14.1.2.
@Suite struct ByteRangeTests {
  @Test(
    arguments: [
      ("bytes=0-0", .part(0...0)), ("bytes=2-5", .part(2...5)), ("bytes=2-", .part(2...9)),
      ("bytes=-3", .part(7...9)), ("bytes=-30", .part(0...9)), ("bytes=9-99", .part(9...9)),
      ("bytes=0-99999999999999999999999", .part(0...9)), ("BYTES=1-2", .part(1...2)),
      ("bytes= 1 - 2 ", .part(1...2)), ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable),
      ("bytes=99999999999999999999999-", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=1-2,4-5", .whole),
      ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole), ("bytes=1--2", .whole),
      ("items=1-2", .whole), ("", .whole), ("bytes=+1-2", .whole), ("bytes=１-2", .whole),
    ] as [(String, ByteRange)])
  func ofTenBytes(header: String, expected: ByteRange) {
    #expect(ByteRange(header, size: 10) == expected)
  }

  @Test func ofNothing() {
    #expect(ByteRange(nil, size: 10) == .whole)
    #expect(ByteRange("bytes=0-", size: 0) == .unsatisfiable)
    #expect(ByteRange("bytes=-1", size: 0) == .unsatisfiable)
  }
}
