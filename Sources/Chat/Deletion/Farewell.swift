import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The last answer to the browser of someone whose account is gone: the sentence that says so, and the word
/// to forget all that it kept.
struct Farewell: Sendable {
  /// Names the account that the browser asked to delete. It is believed only once that account is gone, and
  /// only with the signature that this start of the program gave it: else anyone could ask whose account is
  /// gone.
  static let cookie = "nextalk_deleted"
  private static let seconds = 300
  /// Its other tabs come at about the same time.
  private static let secondsAfter = 5

  private let database: ChatDatabase
  private let cookies: CookieJar
  private let key = SymmetricKey(size: .bits256)

  init(database: ChatDatabase, cookies: CookieJar) {
    self.database = database
    self.cookies = cookies
  }

  /// The `Set-Cookie` for a browser that asked to delete `user`.
  func mark(_ user: User.ID) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Data(String(user).utf8), using: key)
    return cookies.header(
      Self.cookie, "\(user).\(Data(code).base64EncodedString())", seconds: Self.seconds)
  }

  /// The `Set-Cookie` for one that took it back.
  var noMark: String { cookies.header(Self.cookie, nil, seconds: 0) }

  func isDue(to request: Request) async throws -> Bool {
    guard let user = user(of: request) else { return false }
    return try await database.read { try User.find(user, in: $0)?.isDeleted == true }
  }

  /// - Returns: nil where there is no mark, or one that was not signed here.
  private func user(of request: Request) -> User.ID? {
    guard let value = cookies.value(of: Self.cookie, in: request) else { return nil }
    let halves = value.split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count == 2, let code = Data(base64Encoded: String(halves[1])),
      HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Data(halves[0].utf8), using: key)
    else { return nil }
    return User.ID(halves[0])
  }

  /// For an answer that is due.
  func headers(for request: Request) -> HTTPFields {
    var headers = HTTPFields()
    let mark = cookies.value(of: Self.cookie, in: request)
    headers[values: .setCookie] =
      [cookies.header(Self.cookie, mark, seconds: Self.secondsAfter)]
      + [Session.cookie, KnownBrowser.cookie, Theme.cookie].map { cookies.header($0, nil, seconds: 0) }
      + [MarkingModules.noCookie]
    headers[.clearSiteData] = SignIn.clearedData(cookies, request)
    return headers
  }
}
