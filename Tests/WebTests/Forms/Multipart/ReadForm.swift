import NIOCore
import Testing
import Web

/// The parts that a parser finds in a body, joined; it holds the events to their order on the way.
struct ReadForm: Equatable {
  struct Part: Equatable {
    let header: PartHeader
    var bytes: [UInt8] = []

    init(_ header: PartHeader, _ bytes: [UInt8] = []) {
      self.header = header
      self.bytes = bytes
    }

    init(_ name: String, file: String? = nil, type: String? = nil, _ text: String) {
      self.init(PartHeader(name: name, fileName: file, contentType: type), Array(text.utf8))
    }
  }

  private(set) var parts: [Part] = []
  private var isOpen = false

  /// - Throws: ``MultipartError``, or ``Disorder`` for events that contradict the contract.
  init(
    _ chunks: some Sequence<some Collection<UInt8>>, boundary: String = "b",
    limits: MultipartLimits = MultipartLimits(parts: 100)
  ) throws {
    var parser = MultipartParser(
      boundary: try #require(MultipartBoundary(boundary.utf8)), limits: limits)
    for chunk in chunks {
      for event in try parser.feed(ByteBuffer(bytes: chunk)) { try note(event) }
    }
    try parser.finish()
    if isOpen { throw Disorder.unended }
  }

  init(_ body: String, boundary: String = "b", limits: MultipartLimits = MultipartLimits(parts: 100)) throws {
    try self.init([Array(body.utf8)], boundary: boundary, limits: limits)
  }

  enum Disorder: Error { case nested, stray, empty, unended }

  private mutating func note(_ event: MultipartEvent) throws {
    switch event {
    case .part(let header):
      if isOpen { throw Disorder.nested }
      isOpen = true
      parts.append(Part(header))
    case .data(let bytes):
      if !isOpen { throw Disorder.stray }
      if bytes.readableBytes == 0 { throw Disorder.empty }
      parts[parts.count - 1].bytes += bytes.readableBytesView
    case .partEnd:
      if !isOpen { throw Disorder.stray }
      isOpen = false
    }
  }
}

extension [UInt8] {
  /// Itself cut into chunks of 1 to `most` bytes.
  func chunked(upTo most: Int, using random: inout SplitMix) -> [ArraySlice<UInt8>] {
    var chunks: [ArraySlice<UInt8>] = []
    var rest = self[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...most, using: &random)
      chunks.append(rest.prefix(count))
      rest = rest.dropFirst(count)
    }
    return chunks
  }
}
