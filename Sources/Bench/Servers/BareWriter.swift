import Foundation

/// The least that a fan-out can cost: holds sockets open and gives what is posted to each with one
/// `write()`, from one thread. A POST's whole body, framed as one chunk, is the event.
final class BareWriter: Watcher {
  private let listener: CInt
  private let reactor: Reactor
  private var clients: [CInt: Client] = [:]
  private var streams: [CInt] = []

  init(listener: CInt, reactor: Reactor) throws {
    self.listener = listener
    self.reactor = reactor
    Address.prepare(listener)
    try reactor.watch(listener, self)
  }

  func ready(canWrite: Bool, room: UnsafeMutableRawBufferPointer) {
    while true {
      let file = accept(listener, nil, nil)
      guard file >= 0 else { return }
      Address.prepare(file)
      let client = Client(file, of: self)
      clients[file] = client
      try? reactor.watch(file, client)
    }
  }

  private func take(_ request: inout [UInt8], from file: CInt) {
    guard let end = request.firstRange(of: [13, 10, 13, 10])?.upperBound else { return }
    let head = String(decoding: request[..<end], as: UTF8.self)
    guard head.hasPrefix("POST") else {
      streams.append(file)
      request = []
      return put(
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n", file)
    }
    let length =
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
      .flatMap { Int($0.filter(\.isNumber)) } ?? 0
    guard request.count >= end + length else { return }
    let event = Array(String(length, radix: 16).utf8) + [13, 10] + request[end..<(end + length)] + [13, 10]
    request.removeFirst(end + length)
    event.withUnsafeBytes { bytes in
      for stream in streams { _ = write(stream, bytes.baseAddress, bytes.count) }
    }
    put("HTTP/1.1 204 No Content\r\n\r\n", file)
  }

  private func put(_ text: String, _ file: CInt) {
    var text = text
    text.withUTF8 { _ = write(file, $0.baseAddress, $0.count) }
  }

  private func drop(_ file: CInt) {
    reactor.forget(file)
    clients[file] = nil
    streams.removeAll { $0 == file }
    close(file)
  }

  private final class Client: Watcher {
    private let file: CInt
    private unowned let server: BareWriter
    private var request: [UInt8] = []

    init(_ file: CInt, of server: BareWriter) {
      self.file = file
      self.server = server
    }

    func ready(canWrite: Bool, room: UnsafeMutableRawBufferPointer) {
      let count = read(file, room.baseAddress, room.count)
      guard count > 0 else {
        if count == 0 || errno != EAGAIN { server.drop(file) }
        return
      }
      request.append(contentsOf: room[..<count])
      server.take(&request, from: file)
    }
  }
}
