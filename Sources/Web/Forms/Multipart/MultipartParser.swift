import NIOCore

/// Reads a `multipart/form-data` body (RFC 7578; RFC 2046, section 5.1) as it comes.
///
/// A pure state machine: no I/O, and of the body it keeps no more than the header of one part. Data of parts
/// is handed out as slices of the chunks, without the CRLF before the delimiter. A line that begins with the
/// delimiter is one, whatever follows (RFC 2046, section 5.1.1): then anything but padding, `--` or CRLF is
/// malformed. What comes before the first and after the last delimiter is dropped. How the body is cut into
/// chunks never matters to what is found.
///
/// The caller counts bytes (of parts, of the body) and time, and keeps nothing before ``finish()`` agrees.
public struct MultipartParser: Sendable {
  private enum State { case preamble, delimiter, header, data, epilogue }

  private let limits: MultipartLimits
  private var state = State.preamble
  private var search: DelimiterSearch
  private var delimiterLine = DelimiterLine.start
  private var header: PartHeaderReader
  private var preambleCount = 0
  private var partCount = 0
  private var failure: MultipartError?

  public init(boundary: MultipartBoundary, limits: MultipartLimits) {
    self.limits = limits
    search = DelimiterSearch(boundary)
    header = PartHeaderReader(limits: limits)
  }

  /// Takes the next bytes of the body.
  /// - Returns: what was found in them, in order.
  /// - Throws: what is wrong with the body; from then on always the same.
  public mutating func feed(_ chunk: ByteBuffer) throws(MultipartError) -> [MultipartEvent] {
    if let failure { throw failure }
    var events: [MultipartEvent] = []
    var rest = chunk
    do throws(MultipartError) {
      while rest.readableBytes > 0 { try advance(&rest, &events) }
    } catch {
      failure = error
      throw error
    }
    return events
  }

  /// Says that the body has ended.
  /// - Throws: ``MultipartError/incomplete`` when its closing delimiter was not there, or what was wrong before.
  public func finish() throws(MultipartError) {
    if let failure { throw failure }
    guard state == .epilogue || state == .delimiter && delimiterLine.isClosing else { throw .incomplete }
  }

  private mutating func advance(
    _ rest: inout ByteBuffer, _ events: inout [MultipartEvent]
  ) throws(MultipartError) {
    switch state {
    case .preamble, .data: try advanceToDelimiter(&rest, &events)
    case .delimiter:
      guard let byte = rest.readInteger(as: UInt8.self), try delimiterLine.take(byte) else { return }
      if delimiterLine.isClosing { state = .epilogue } else { try beginPart() }
    case .header:
      guard let header = try header.read(&rest) else { return }
      events.append(.part(header))
      search.restart()
      state = .data
    case .epilogue: rest.moveReaderIndex(to: rest.writerIndex)
    }
  }

  private mutating func advanceToDelimiter(
    _ rest: inout ByteBuffer, _ events: inout [MultipartEvent]
  ) throws(MultipartError) {
    let step = search.scan(rest)
    if state == .data {
      if let heldBack = step.heldBack { events.append(.data(heldBack)) }
      if step.dataCount > 0, let data = rest.getSlice(at: rest.readerIndex, length: step.dataCount) {
        events.append(.data(data))
      }
    } else {
      preambleCount += (step.heldBack?.readableBytes ?? 0) + step.dataCount
      guard preambleCount <= limits.preambleBytes else { throw .malformed }
    }
    rest.moveReaderIndex(forwardBy: step.consumed)
    guard step.isFound else { return }
    if state == .data { events.append(.partEnd) }
    delimiterLine = .start
    state = .delimiter
  }

  private mutating func beginPart() throws(MultipartError) {
    partCount += 1
    guard partCount <= limits.parts else { throw .tooManyParts }
    header = PartHeaderReader(limits: limits)
    state = .header
  }
}
