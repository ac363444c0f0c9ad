import Foundation

/// A TCP port of 127.0.0.1 that nothing listens on.
enum FreePort {
  static func find() throws -> Int {
    let (file, port) = try listen(backlog: 1)
    close(file)
    return port
  }

  /// A socket that listens on a port that the system chose.
  static func listen(backlog: CInt) throws -> (file: CInt, port: Int) {
    let file = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard file >= 0 else { throw BenchError.system("socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(file, address, length) == 0 && Glibc.listen(file, backlog) == 0
          && getsockname(file, address, &length) == 0
      }
    }
    guard result else {
      close(file)
      throw BenchError.system("Listening")
    }
    return (file, Int(UInt16(bigEndian: address.sin_port)))
  }
}
