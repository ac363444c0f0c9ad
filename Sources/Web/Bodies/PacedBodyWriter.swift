import HTTPTypes
import Hummingbird
import NIOCore

/// Writes a body as fast as its client takes it and no faster: in pieces of at most ``pieceBytes``, each handed to
/// the connection when that has room again. So a reader that is slow, or does not read at all, costs the server
/// about two pieces, however long the body is.
struct PacedBodyWriter: ResponseBodyWriter {
  static let pieceBytes = 32 << 10

  private var base: any ResponseBodyWriter
  private let channel: any Channel
  private let gate: NIOLoopBound<WritabilityGate>

  init(_ base: any ResponseBodyWriter, on channel: any Channel) async throws {
    self.base = base
    self.channel = channel
    gate = try await channel.eventLoop.submit {
      let gate = try WritabilityGate.of(channel)
      gate.begin()
      return NIOLoopBound(gate, eventLoop: channel.eventLoop)
    }.get()
  }

  /// - Throws: when the client has gone or was too slow.
  mutating func write(_ buffer: ByteBuffer) async throws {
    var rest = buffer
    while let piece = rest.readSlice(length: min(Self.pieceBytes, rest.readableBytes)),
      piece.readableBytes > 0
    {
      try await base.write(piece)
      try await channel.eventLoop.flatSubmit { [gate, channel] in
        gate.value.pass(piece.readableBytes, on: channel)
      }.get()
    }
  }

  consuming func finish(_ trailers: HTTPFields?) async throws { try await base.finish(trailers) }
}
