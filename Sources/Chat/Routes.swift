import HTTPTypes
import Hummingbird
import Web

/// The whole URL map.
struct Routes: Sendable {
  let signUp: SignUp
  let logIn: LogIn
  let signIn: SignIn
  let pages: ChatPages
  let sending: Sending
  let reading: Reading
  let profile: Profile
  let settings: SettingsPage
  let theme: ThemeSetting
  let password: PasswordChange
  let email: EmailChange
  let sessions: SessionList
  let privacy: PrivacySetting
  let clock: ClockSetting
  let shortcuts: ShortcutsPage
  let data: DataPage
  let deletion: DeletionForm
  let uploads: UploadsRoute
  let events: EventsRoute
  let health: Health
  let assets: Assets

  private typealias Open = @Sendable (Request, ChatContext) async throws -> Response
  private typealias SignedIn = @Sendable (Request, SignedInContext) async throws -> Response

  private var open: [(HTTPRequest.Method, String, Open)] {
    [
      (.get, "/signup", signUp.page),
      (.post, "/signup", signUp.submit),
      (.get, "/login", logIn.page),
      (.post, "/login", logIn.submit),
      (.post, "/logout", signIn.logOut),
      (.get, "/health", { _, _ in await health.respond() }),
      (.get, "/assets/**", asset),
      // Browsers ask here, whatever a page says, also for what is no page.
      (.get, "/favicon.ico", { _, _ in .seeOther(assets.address + "/images/favicon.ico") }),
    ]
  }

  private var signedIn: [(HTTPRequest.Method, String, SignedIn)] {
    [
      (.get, "/", pages.home),
      (.get, "/people/{id}", pages.person),
      (.post, "/people/{id}/messages", sending.toPerson),
      (.post, "/people/{id}/read", reading.withPerson),
      (.get, "/conversations/{id}", pages.conversation),
      (.post, "/conversations/{id}/messages", sending.toConversation),
      (.post, "/conversations/{id}/read", reading.inConversation),
      (.get, "/profile", profile.page),
      (.post, "/profile", profile.submit),
      (.get, "/settings", settings.page),
      (.post, "/settings", theme.submit),
      (.post, "/settings/password", password.submit),
      (.post, "/settings/email", email.submit),
      (.post, "/settings/sessions", sessions.submit),
      (.post, "/settings/privacy", privacy.submit),
      (.post, "/settings/clock", clock.submit),
      (.get, "/shortcuts", shortcuts.page),
      (.get, "/settings/data", data.page),
      (.post, "/settings/data", data.download),
      (.get, "/settings/deletion", deletion.page),
      (.post, "/settings/deletion", deletion.submit),
      (.post, "/settings/deletion/undo", deletion.undo),
      (.get, "/uploads/{name}", uploads.respond),
      (.get, "/events", events.respond),
    ]
  }

  /// Every address with its method.
  var addresses: [(path: String, method: HTTPRequest.Method)] {
    open.map { ($0.1, $0.0) } + signedIn.map { ($0.1, $0.0) }
  }

  func add(to router: Router<ChatContext>) {
    for (method, path, route) in open { router.on(RouterPath(path), method: method, use: route) }
    let group = router.group(context: SignedInContext.self)
    for (method, path, route) in signedIn { group.on(RouterPath(path), method: method, use: route) }
  }

  private func asset(_ request: Request, _ context: ChatContext) async throws -> Response {
    guard let response = assets.response(to: request) else { throw ChatError.notFound }
    return response
  }
}
