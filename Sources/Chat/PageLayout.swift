import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Web

/// What every page has around it: title, assets, and for who is logged in the rules that set their
/// own messages and reactions apart.
struct PageLayout: Sendable {
  let templates: Templates
  let assets: Assets
  let cookies: CookieJar
  let site: CurrentSite
  private let kept = KeptPages()

  /// Of all that pages are made of: a tab that came from another one is to be loaded again.
  var version: String { templates.version + assets.address.suffix(8) }

  init(templates: Templates, assets: Assets, cookies: CookieJar, site: CurrentSite) {
    self.templates = templates
    self.assets = assets
    self.cookies = cookies
    self.site = site
  }

  /// Who a page is for, and the newest event that it already shows.
  struct Viewer: Sendable, Hashable {
    let user: User
    let theme: Theme
    let clock: Clock
    let role: UserRole
    let event: Event.ID

    /// - Parameter user: where they have just been read anew.
    init(_ session: Session, user: User? = nil, event: Event.ID) {
      self.user = user ?? session.user
      (theme, clock, role) = (session.theme, session.clock, session.role)
      self.event = event
    }
  }

  /// The language that an answer is in. No account chooses one yet.
  func language(of request: Request) -> Language { templates.words.language(of: request) }

  /// - Parameter request: tells the language, and the theme where nobody is logged in.
  func response(
    _ template: String, to request: Request, title: Sentence, viewer: Viewer? = nil, bodyClass: String = "",
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], values: [String: (any Sendable)?]
  ) -> Response {
    let theme = viewer?.theme ?? Theme(stored: cookies.value(of: Theme.cookie, in: request))
    let language = language(of: request)
    let page = view(
      title: title, viewer: viewer, theme: theme, bodyClass: bodyClass, in: language, values)
    var headers = headers
    headers.append(contentsOf: policy(for: viewer))
    return .html(templates.render(template, page, in: language), status: status, headers: headers)
  }

  /// A page that stays the same while `content` does: who has it already is told so, and what was rendered is kept.
  /// - Parameters:
  ///   - content: all that `values` are made of, beside what is the same as long as the program runs.
  func response(
    _ template: String, to request: Request, title: Sentence, viewer: Viewer, bodyClass: String = "",
    shows content: some Hashable, values: () -> [String: (any Sendable)?]
  ) -> Response {
    let language = language(of: request)
    var hasher = Hasher()
    hasher.combine(language)
    hasher.combine(viewer)
    hasher.combine(site.site.title)
    hasher.combine(content)
    // The hash is another at each start, and so are templates and assets.
    let tag = "\(viewer.user.id)-" + String(UInt(bitPattern: hasher.finalize()), radix: 36)
    return kept.response(to: request, tag: tag, headers: policy(for: viewer)) {
      templates.render(
        template,
        view(
          title: title, viewer: viewer, theme: viewer.theme, bodyClass: bodyClass, in: language, values()),
        in: language)
    }
  }

  private func view(
    title: Sentence, viewer: Viewer?, theme: Theme, bodyClass: String, in language: Language,
    _ values: [String: (any Sendable)?]
  ) -> View {
    View(values).adding([
      "theme": theme == .system ? nil : theme.rawValue,
      "language": language.tag,
      "direction": language.direction,
      "title": title,
      "site": site.site.title,
      "mayAdministerSite": viewer?.role.administers ?? false,
      "assets": assets.address,
      "scripts": assets.scripts(in: language),
      "bodyClass": bodyClass,
      "viewerStyle": viewer.map { Self.style(for: $0.user.id) },
      "viewer": viewer.map {
        View([
          "id": $0.user.id, "fullName": $0.user.fullName, "event": $0.event,
          "hours": $0.clock.hours?.rawValue, "version": version,
        ])
      },
    ])
  }

  private func policy(for viewer: Viewer?) -> HTTPFields {
    let hash = viewer.map { SHA256.hash(data: Data(Self.style(for: $0.user.id).utf8)) }
    let policy = SecurityHeaders<ChatContext>.policy(styleHash: hash.map { Data($0).base64EncodedString() })
    return [.contentSecurityPolicy: policy]
  }

  /// - Parameter notice: what the page is to say beside it.
  func fragment(
    _ template: String, to request: Request, notice: Sentence? = nil, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:], values: [String: (any Sendable)?]
  ) -> Response {
    let language = language(of: request)
    var html = templates.render(template, View(values), in: language)
    if let notice { html += templates.render("fragments/notice", View(["notice": notice]), in: language) }
    return .html(html, status: status, headers: headers)
  }

  /// Answers a form whose text can go nowhere any more with that text, so that it is not lost. Modules hold it
  /// themselves, and get the sentence alone.
  func unsent(
    _ text: String, title: Sentence, _ sentence: Sentence, to request: Request, status: HTTPResponse.Status
  ) -> Response {
    guard !request.wantsFragment else {
      return .html("<p>\(htmlEscaped(language(of: request).text(sentence)))</p>\n", status: status)
    }
    return response(
      "pages/unsent", to: request, title: title, bodyClass: "error-page", status: status,
      headers: [.cacheControl: "no-store"], values: ["sentence": sentence, "text": text])
  }

  /// Messages are the same HTML for everyone; this rule makes the viewer's own stand on the other side.
  static func style(for user: User.ID) -> String {
    "[data-author=\"\(user)\"]{--own-side:flex-end;--own-avatar:none;--own-author:none;--own-bubble:var(--accent-soft);--own-panel:var(--panel-in-own);"
      + "--own-line:transparent;--own-left:var(--corner);--own-right:var(--corner-sharp)}"
      + "[data-by~=\"\(user)\"]{--mine:inline;--mine-line:var(--accent);--mine-ground:var(--accent-soft);--mine-weight:600}"
      + "[data-mention=\"\(user)\"],[data-mention=\"all\"]{--of-me:var(--accent);--of-me-ink:var(--accent-ink)}"
  }
}
