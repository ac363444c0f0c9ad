import CCrypto

/// scrypt (RFC 7914) by libcrypto.
enum Scrypt {
  /// The cost: N = 2^`logN`, block size `r`, parallelism `p`. Memory is 128 · N · r bytes.
  struct Parameters: Equatable, Sendable {
    var logN: Int
    var r: Int
    var p: Int

    /// OpenSSL refuses more memory than it is told; this admits twice what our own parameters take.
    static let maximumMemory: UInt64 = 64 << 20

    var areSane: Bool { (1...20).contains(logN) && (1...32).contains(r) && (1...16).contains(p) }
  }

  struct Failure: Error {}

  /// Blocks for as long as the parameters want.
  /// - Throws: ``Failure`` when libcrypto refuses the parameters.
  static func derive(
    password: String, salt: [UInt8], parameters: Parameters, length: Int
  ) throws -> [UInt8] {
    guard parameters.areSane else { throw Failure() }
    let bytes = Array(password.utf8)
    var key = [UInt8](repeating: 0, count: length)
    let done = bytes.withUnsafeBytes { password in
      EVP_PBE_scrypt(
        password.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count,
        UInt64(1) << UInt64(parameters.logN), UInt64(parameters.r), UInt64(parameters.p),
        Parameters.maximumMemory, &key, length)
    }
    guard done == 1 else { throw Failure() }
    return key
  }
}
