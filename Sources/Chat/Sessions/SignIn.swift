import Foundation
import HTTPTypes
import Hummingbird
import Web

/// The last step of sign-up and log-in, and logging out: begins and ends a browser's session.
struct SignIn: Feature {
  static let routes: [Route<SignIn>] = [.post("/logout", logOut)]

  let database: ChatDatabase
  let cookies: CookieJar
  let devices: Devices

  /// The token that a browser which logged in before still holds.
  func browser(of request: Request) -> SessionToken? {
    cookies.value(of: KnownBrowser.cookie, in: request).map { SessionToken($0) }
  }

  /// Begins a session in place of the one that the browser had, and goes on to `next`.
  /// - Parameters:
  ///   - checked: the password that was logged in with; nil for an account that was just made.
  ///   - rehash: what is to be stored of it from now on.
  /// - Throws: ``PasswordCheck/Refusal`` where the password is another meanwhile.
  func response(
    to request: Request, _ context: ChatContext, as user: User.ID, checked: CheckedPassword? = nil,
    rehash: PasswordHash? = nil, next: LocalPath
  ) async throws -> Response {
    let token = SessionToken()
    let (browser, earlierBrowser) = (SessionToken(), browser(of: request))
    let earlier = context.session
    let now = Date.now.milliseconds
    let device = devices.device(of: request, channel: context.channel)
    let theme = try await database.writer.write { db in
      try checked?.confirm(in: db)
      if let rehash { try User.store(rehash, of: user, in: db) }
      if let earlier { try Session.end(earlier.id, of: earlier.user.id, at: now, in: db) }
      try Session.begin(token, for: user, on: device, at: now, in: db)
      if let earlierBrowser { try KnownBrowser.forget(earlierBrowser, of: user, in: db) }
      try KnownBrowser.remember(browser, of: user, at: now, in: db)
      return try User.theme(of: user, in: db)
    }
    var response: Response = request.wantsFragment ? .moduleRedirect(to: next.text) : .seeOther(next.text)
    response.headers[values: .setCookie] = [
      Session.header(token, cookies),
      KnownBrowser.header(browser, cookies),
      cookies.header(Theme.cookie, theme.rawValue, seconds: Theme.seconds),
    ]
    return response
  }

  /// `POST /logout`: the session ends on every tab, and nothing of it stays in the browser's cache.
  private func logOut(_ request: Request, _ context: ChatContext) async throws -> Response {
    if let session = context.session {
      let now = Date.now.milliseconds
      try await database.writer.write { db in
        try Session.end(session.id, of: session.user.id, at: now, in: db)
      }
    }
    let headers: HTTPFields = [
      .setCookie: cookies.header(Session.cookie, nil, seconds: 0)
    ]
    var response: Response =
      request.wantsFragment
      ? .moduleRedirect(to: "/login", headers: headers) : .seeOther("/login", headers: headers)
    response.headers[.clearSiteData] = Self.clearedData(cookies, request)
    return response
  }

  /// What a browser is told to forget; nil where browsers would ignore it and complain.
  static func clearedData(_ cookies: CookieJar, _ request: Request) -> String? {
    guard cookies.isSecure || LocalNetwork.isLoopback(authority: request.head.authority ?? "") else {
      return nil
    }
    return "\"cache\", \"storage\""
  }
}
