import Foundation

/// A password's hash in the PHC string format, `$scrypt$ln=15,r=8,p=3$salt$hash` in base64 without padding.
struct PasswordHash: Sendable {
  static let current = Scrypt.Parameters(logN: 15, r: 8, p: 3)
  private static let saltBytes = 16
  private static let keyBytes = 32

  let parameters: Scrypt.Parameters
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Hashes with a new salt. Blocks for some tens of milliseconds.
  init(hashing password: String, parameters: Scrypt.Parameters = current) throws {
    salt = Self.randomBytes(Self.saltBytes)
    self.parameters = parameters
    key = try Scrypt.derive(
      password: password, salt: salt, parameters: parameters, length: Self.keyBytes)
  }

  /// The hash of no password at all: comparing with it takes as long as with any other, making it no time.
  init(decoy parameters: Scrypt.Parameters) {
    self.parameters = parameters
    salt = Self.randomBytes(Self.saltBytes)
    key = Self.randomBytes(Self.keyBytes)
  }

  /// Reads a stored one.
  init?(_ text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: true)
    guard parts.count == 4, parts[0] == "scrypt" else { return nil }
    var numbers: [Substring: Int] = [:]
    for pair in parts[1].split(separator: ",") {
      let halves = pair.split(separator: "=")
      guard halves.count == 2, let number = Int(halves[1]) else { return nil }
      numbers[halves[0]] = number
    }
    guard let logN = numbers["ln"], let r = numbers["r"], let p = numbers["p"],
      let salt = Self.decoded(parts[2]), let key = Self.decoded(parts[3]), !key.isEmpty
    else { return nil }
    parameters = .init(logN: logN, r: r, p: p)
    self.salt = salt
    self.key = key
  }

  var text: String {
    "$scrypt$ln=\(parameters.logN),r=\(parameters.r),p=\(parameters.p)"
      + "$\(Self.encoded(salt))$\(Self.encoded(key))"
  }

  /// Compares in a time that does not depend on where the two differ. Blocks as hashing does.
  func matches(_ password: String) throws -> Bool {
    let other = try Scrypt.derive(
      password: password, salt: salt, parameters: parameters, length: key.count)
    return zip(key, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  private static func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  private static func encoded(_ bytes: [UInt8]) -> String {
    Data(bytes).base64EncodedString().replacingOccurrences(of: "=", with: "")
  }

  private static func decoded(_ text: Substring) -> [UInt8]? {
    let padding = String(repeating: "=", count: (4 - text.count % 4) % 4)
    return Data(base64Encoded: text + padding).map(Array.init)
  }
}
