import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/login`. An unknown e-mail costs the time of a wrong password and gets the same sentence.
struct LogIn: Feature {
  static let routes: [Route<LogIn>] = [
    .get("/login", page),
    .post(
      "/login", limit: .logInsFromAddress,
      takes: [.logInsAtAccountFromAddress, .logInsAtAccount, .rightLogIns], form: 16 << 10, submit,
      tooMany: tooMany),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let hasher: PasswordHasher
  let signIn: SignIn
  let site: CurrentSite
  let limits: RateLimits
  let addresses: ClientAddress
  let farewell: Farewell

  private func page(_ request: Request, _ context: ChatContext) async throws -> Response {
    let next = LocalPath(FormFields(query: request.uri.query)["next"])
    if context.session != nil { return .seeOther(next.text) }
    if try await farewell.isDue(to: request) { return .seeOther("/signup") }
    // The cookie of a session that is over.
    let token = signIn.cookies.value(of: Session.cookie, in: request).map { SessionToken($0) }
    let (reason, awaitsOwner) = try await database.read { db in
      (try token.flatMap { try EndedSession.reason(of: $0, in: db) }, try Site.awaitsOwner(in: db))
    }
    return answer(request, next: next, email: "", alert: reason?.sentence, awaitsOwner: awaitsOwner)
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: ChatContext
  ) async throws -> Response {
    let next = LocalPath(FormFields(query: request.uri.query)["next"])
    let typed = fields["email"]
    let network = ClientAddress.network(of: addresses.of(request, channel: context.channel))
    let email = try? EmailAddress(typed)
    let browser = signIn.browser(of: request)
    let (credentials, known) = try await database.read { db in
      let credentials = try email.flatMap { try User.credentials(email: $0, in: db) }
      let known = try browser.flatMap { browser in
        try credentials.flatMap { try KnownBrowser.isKnown(browser, to: $0.id, in: db) ? browser : nil }
      }
      return (credentials, known)
    }
    let account = email?.key ?? typed
    let both = "\(network) \(account)"
    let isKnown = known != nil
    if !isKnown,
      let seconds = limits[.logInsAtAccountFromAddress]?.take(both) ?? limits[.logInsAtAccount]?.take(account)
    {
      return tooMany(request, next: next, email: typed, seconds: seconds)
    }
    do {
      let match = try await hasher.check(
        fields["password"], against: credentials?.hash,
        for: known.map { .browser($0.hash) } ?? .stranger(network: network, account: account))
      guard match.isRight, let user = credentials?.id, let hash = credentials?.hash else {
        return wrong(request, next: next, email: typed)
      }
      if let seconds = limits[.rightLogIns]?.take("\(network) \(user)") {
        return tooMany(request, next: next, email: typed, seconds: seconds)
      }
      let response = try await signIn.response(
        to: request, context, as: user, checked: CheckedPassword(user: user, hash: hash),
        rehash: match.rehash, next: next)
      limits[.logInsFromAddress]?.giveBack(network)
      if !isKnown {
        limits[.logInsAtAccountFromAddress]?.giveBack(both)
        limits[.logInsAtAccount]?.giveBack(account)
      }
      return response
    } catch is PasswordCheck.Refusal {
      return wrong(request, next: next, email: typed)
    } catch is PasswordHasher.Busy {
      return tooMany(
        request, next: next, email: typed, seconds: 5,
        Sentence("Many people are logging in at the moment. Try again soon."))
    }
  }

  private func tooMany(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: ChatContext
  ) async throws -> Response {
    let next = LocalPath(FormFields(query: request.uri.query)["next"])
    return tooMany(request, next: next, email: fields["email"], seconds: seconds)
  }

  private func wrong(_ request: Request, next: LocalPath, email: String) -> Response {
    answer(
      request, next: next, email: email, status: .unprocessableContent,
      error: Sentence("That email and password don’t go together. Try again."))
  }

  private func tooMany(
    _ request: Request, next: LocalPath, email: String, seconds: Int, _ sentence: Sentence? = nil
  ) -> Response {
    answer(
      request, next: next, email: email, status: .tooManyRequests,
      headers: [.retryAfter: String(seconds)],
      alert: sentence
        ?? Sentence("Too many tries. Wait {time}, then try again.", ["time": Wait(seconds).words]))
  }

  private func answer(
    _ request: Request, next: LocalPath, email: String, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:], alert: Sentence? = nil, error: Sentence? = nil, awaitsOwner: Bool = false
  ) -> Response {
    let fields = FormField.views(
      [.email.with(value: email), .password.with(error: error)], isNew: status == .ok)
    let values: [String: (any Sendable)?] = [
      "action": next.query(of: "/login"),
      "alert": alert,
      "signupOpen": awaitsOwner || site.admission == .open,
      "signupAddress": next.query(of: "/signup"),
    ].merging(fields) { $1 }
    if request.wantsFragment, request.method == .post {
      return layout.fragment(
        "fragments/login-form", to: request, status: status, headers: headers, values: values)
    }
    return layout.response(
      "pages/login", to: request, title: Sentence("Log in"), status: status, headers: headers, values: values)
  }
}
