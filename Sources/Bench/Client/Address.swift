import Foundation

/// Where a server listens: an IPv4 address and a port, over plain HTTP.
struct Address: Sendable {
  let host: String
  let port: Int

  init(host: String = "127.0.0.1", port: Int) {
    self.host = host
    self.port = port
  }

  /// - Throws: ``BenchError`` for anything but `http://ADDRESS:PORT`.
  init(_ url: String) throws {
    guard let parts = URLComponents(string: url), parts.scheme == "http", let host = parts.host else {
      throw BenchError("\(url) is no address like http://127.0.0.1:8080.")
    }
    self.init(host: host == "localhost" ? "127.0.0.1" : host, port: parts.port ?? 80)
  }

  /// A connected socket that does not block and does not wait to fill packets.
  func connect() throws -> CInt {
    let file = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { throw BenchError.system("socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
      close(file)
      throw BenchError("\(host) is no IPv4 address.")
    }
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(file, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else {
      close(file)
      throw BenchError.system("Connecting to \(host):\(port)")
    }
    Address.prepare(file)
    return file
  }

  static func prepare(_ file: CInt) {
    var one: CInt = 1
    setsockopt(file, CInt(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<CInt>.size))
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_NONBLOCK)
  }
}
