import Testing

@testable import Web

/// Frames found in a stream of bytes, however it is cut into pieces.
@Suite struct HTTP2FrameHeadsTests {
  @Test(arguments: [1, 2, 3, 8, 9, 10, 24, 25, 64, 1 << 20]) func eachIsFoundOnce(piece: Int) {
    let sent: [(Int, Int)] = [
      (4, 0), (8, 4), (1, 70_000), (9, 3), (0, 0), (0, 16_384), (3, 4), (6, 8), (0xfa, 300), (0, 63),
    ]
    var bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    for (kind, length) in sent {
      bytes += [UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255), UInt8(kind)]
      bytes += [0, 0, 0, 0, 1] + Array(repeating: 8, count: length)
    }
    var heads = HTTP2FrameHeads()
    var found: [(HTTP2FrameHeads.Kind, Int)] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      bytes[start..<min(bytes.count, start + piece)].withUnsafeBytes { part in
        heads.read(part) { found.append(($0, $1)) }
      }
    }
    #expect(found.map(\.1) == sent.map(\.1))
    #expect(
      found.map(\.0) == [
        .other, .windowUpdate, .headers, .continuation, .data, .data, .reset, .other, .other, .data,
      ])
  }
}
