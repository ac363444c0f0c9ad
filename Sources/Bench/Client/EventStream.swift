import Foundation

/// An open event stream, read for markers: 24 bytes that a publication carries and that tell which it was.
final class EventStream: Watcher {
  enum State {
    case opening, open
    case refused(Int)
    case broken
  }

  private(set) var state = State.opening
  private(set) var bytes = 0
  /// What was read between the last two markers' publications, kept only where asked for.
  var kept: [UInt8]?
  private let reactor: Reactor
  private var file: CInt
  private var head: [UInt8] = []
  /// The last bytes of a read, which may hold the start of a marker.
  private var tail: [UInt8] = []
  private var newest = -1
  private let whenOpen: (EventStream) -> Void
  private let whenDelivered: (Int) -> Void

  /// - Parameters:
  ///   - whenOpen: runs once its answer has begun, or it was refused.
  ///   - whenDelivered: runs once for each publication, with its number.
  init(
    _ request: Request, _ address: Address, _ reactor: Reactor,
    whenOpen: @escaping (EventStream) -> Void, whenDelivered: @escaping (Int) -> Void
  ) throws {
    self.reactor = reactor
    self.whenOpen = whenOpen
    self.whenDelivered = whenDelivered
    file = try address.connect()
    let count = request.bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count == request.bytes.count else { throw BenchError.system("Asking for a stream") }
    try reactor.watch(file, self)
  }

  deinit { close() }

  func ready(canWrite: Bool, room: UnsafeMutableRawBufferPointer) {
    while file >= 0 {
      tail.withUnsafeBytes { room.copyMemory(from: $0) }
      let count = read(file, room.baseAddress.map { $0 + tail.count }, room.count - tail.count)
      guard count > 0 else {
        if count == 0 || errno != EAGAIN { end(.broken) }
        return
      }
      let length = tail.count + count
      let fresh = room[tail.count..<length]
      bytes += count
      kept?.append(contentsOf: fresh)
      if case .opening = state { takeHead(fresh) }
      findMarkers(UnsafeRawBufferPointer(rebasing: room[..<length]))
      if length < room.count { return }
    }
  }

  func close() {
    guard file >= 0 else { return }
    reactor.forget(file)
    Glibc.close(file)
    file = -1
  }

  private func end(_ state: State) {
    let wasOpening = if case .opening = self.state { true } else { false }
    self.state = state
    close()
    if wasOpening { whenOpen(self) }
  }

  private func takeHead(_ bytes: Slice<UnsafeMutableRawBufferPointer>) {
    head.append(contentsOf: bytes.prefix(64))
    guard head.count > 12 else { return }
    let status = Int(String(decoding: head[9..<12], as: UTF8.self)) ?? 0
    guard status == 200 else { return end(.refused(status)) }
    state = .open
    head = []
    whenOpen(self)
  }

  private func findMarkers(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while let start = Marker.start(in: bytes, from: place) {
      guard start + Marker.length <= bytes.count else {
        tail = Array(bytes[start...])
        return
      }
      if let number = Marker.number(in: bytes, at: start) {
        // It stands in the message and in its row.
        if number > newest {
          newest = number
          whenDelivered(number)
        }
        place = start + Marker.length
      } else {
        place = start + 2
      }
    }
    tail = bytes.last == UInt8(ascii: "z") ? [UInt8(ascii: "z")] : []
  }
}
