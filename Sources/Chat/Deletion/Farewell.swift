import HTTPTypes
import Hummingbird
import Web

/// The last answer to the browser of someone whose account is gone: the sentence that says so, and the word
/// to forget all that it kept.
struct Farewell: Sendable {
  /// Names the account that the browser asked to delete. It is believed only once that account is gone.
  static let cookie = "nextalk_deleted"
  static let seconds = 300
  /// Its other tabs come at about the same time.
  private static let secondsAfter = 5

  let database: ChatDatabase
  let cookies: CookieJar

  func isDue(to request: Request) async throws -> Bool {
    guard let user = cookies.value(of: Self.cookie, in: request).flatMap({ User.ID($0) }) else {
      return false
    }
    return try await database.read { try User.find(user, in: $0)?.isDeleted == true }
  }

  func headers(for request: Request) -> HTTPFields {
    var headers = HTTPFields()
    let user = cookies.value(of: Self.cookie, in: request)
    headers[values: .setCookie] =
      [cookies.header(Self.cookie, user, seconds: Self.secondsAfter)]
      + [Session.cookie, KnownBrowser.cookie, Theme.cookie].map { cookies.header($0, nil, seconds: 0) }
    headers[.clearSiteData] = SignIn.clearedData(cookies, request)
    return headers
  }
}
