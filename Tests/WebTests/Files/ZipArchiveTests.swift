import NIOCore
import Testing

@testable import Web

/// The archive as it comes out, piece by piece.
@Suite struct ZipArchiveTests {
  @Test func bytesComeOutAtOnce() throws {
    let zip = try ZipArchive()
    try zip.begin("images/a.png", .stored, bytes: 100_000, time: 1_700_000_000)
    let first = try zip.write(ByteBuffer(repeating: 7, count: 60_000))
    // The local file header (APPNOTE 4.3.7), and all that was written.
    #expect(Array(first.readableBytesView.prefix(4)) == [0x50, 0x4B, 3, 4])
    #expect(first.readableBytes > 60_000 && first.readableBytes < 60_200)
    #expect(Array(first.readableBytesView.suffix(60_000)) == [UInt8](repeating: 7, count: 60_000))
    let second = try zip.write(ByteBuffer(repeating: 8, count: 40_000))
    #expect(second.readableBytes == 40_000)
    let end = try zip.finish()
    // The data descriptor (4.3.9), one entry of the central directory (4.3.12) and its end (4.3.16).
    #expect(end.readableBytes < 300)
    #expect(Array(end.readableBytesView.prefix(4)) == [0x50, 0x4B, 7, 8])
    #expect(Array(end.readableBytesView.suffix(22).prefix(12)) == [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0])
  }

  @Test func textIsDeflated() throws {
    let zip = try ZipArchive()
    let text = ByteBuffer(string: String(repeating: "The same again. ", count: 10_000))
    try zip.begin("a.html", .deflated, bytes: text.readableBytes, time: 0)
    var bytes = try zip.write(text).readableBytes
    try zip.begin("empty.json", .deflated, bytes: 0, time: 0)
    bytes += try zip.finish().readableBytes
    #expect(bytes < 3_000)
  }

  @Test func manyFilesCostNoMoreThanTheirNames() throws {
    let zip = try ZipArchive()
    var largest = 0
    for number in 0..<70_000 {
      try zip.begin("images/\(number).png", .stored, bytes: 1, time: 0)
      largest = max(largest, try zip.write(ByteBuffer(bytes: [1])).readableBytes)
    }
    let end = try zip.finish()
    #expect(largest < 300)
    // More than 65,535 need the longer end (4.3.14).
    #expect(end.readableBytes < 70_000 * 120)
    #expect(Array(end.readableBytesView.suffix(22 + 20).prefix(4)) == [0x50, 0x4B, 6, 7])
  }

  @Test func moreThanWasSaidIsLeftOut() throws {
    let zip = try ZipArchive()
    try zip.begin("a", .stored, bytes: 3, time: 0)
    let out = try zip.write(ByteBuffer(string: "abcdef"))
    #expect(Array(out.readableBytesView.suffix(3)) == Array("abc".utf8))
  }

  @Test func oneGivenUpEndsQuietly() throws {
    let zip = try ZipArchive()
    try zip.begin("a", .deflated, bytes: 100, time: 0)
    _ = try zip.write(ByteBuffer(string: "abc"))
  }
}
