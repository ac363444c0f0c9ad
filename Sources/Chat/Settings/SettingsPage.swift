import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/settings`: all that is one's own to decide, on one page. Each part has a form of its own, which posts to the
/// part's address and is answered by this page, or for modules by the part alone.
struct SettingsPage: Sendable {
  /// The raw value names the part's section in the page, its fragment and `?saved=`.
  enum Part: String, CaseIterable {
    case theme = "theme-form"
    case email = "email-form"
    case password = "password-form"
    case sessions = "session-list"
    case privacy = "privacy-form"
    case clock = "clock-form"
    case deletion = "deletion-form"

    /// What the notice says once it is done.
    var saved: String {
      switch self {
      case .theme: "Your theme is saved."
      case .email: "Your email is changed. Log in with the new one from now on."
      case .password: "Your password is changed. Every other session has ended."
      case .sessions: "Ended. Whoever used it has to log in again."
      case .privacy: "Your privacy is saved."
      case .clock: "Your time zone and clock are saved."
      case .deletion: "Your account stays. Nothing was deleted."
      }
    }
  }

  let database: ChatDatabase
  let layout: PageLayout

  func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let saved = Part(rawValue: FormFields(query: request.uri.query)["saved"])
    return try await answer(request, context, notice: saved?.saved)
  }

  /// To a form that was accepted.
  /// - Parameter headers: such as a cookie.
  func saved(
    _ part: Part, _ request: Request, _ context: SignedInContext, headers: HTTPFields = [:]
  ) async throws -> Response {
    guard request.wantsFragment else {
      return .seeOther("/settings?saved=\(part.rawValue)", headers: headers)
    }
    return try await answer(request, context, part: part, headers: headers)
  }

  /// To a form that was refused.
  /// - Parameter answers: laid over what the part shows: the person's input and the sentence at its field.
  func refused(
    _ part: Part, _ request: Request, _ context: SignedInContext, _ answers: [String: (any Sendable)?],
    status: HTTPResponse.Status = .unprocessableContent, headers: HTTPFields = [:]
  ) async throws -> Response {
    try await answer(request, context, part: part, answers: answers, status: status, headers: headers)
  }

  /// To a form that came too often.
  func tooMany(
    _ part: Part, _ request: Request, _ context: SignedInContext, seconds: Int
  ) async throws -> Response {
    try await refused(
      part, request, context,
      ["error": "Those were many changes at once. Wait \(Wait(seconds)), then try again."],
      status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  private func answer(
    _ request: Request, _ context: SignedInContext, part: Part? = nil,
    answers: [String: (any Sendable)?] = [:],
    notice: String? = nil, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) async throws -> Response {
    let viewer = context.viewer
    let now = Date.now.milliseconds
    let (theme, email, sessions, event, deletion, privacy, clock) = try await database.read { db in
      (
        try User.theme(of: viewer.id, in: db), try User.profile(viewer.id, in: db)?.email ?? "",
        try Session.all(of: viewer.id, at: now, in: db), try Event.newest(visibleTo: viewer.id, in: db),
        try Deletion.find(viewer.id, in: db), try Privacy.of(viewer.id, in: db),
        try Clock.of(viewer.id, in: db)
      )
    }
    func view(of part: Part) -> [String: (any Sendable)?] {
      switch part {
      case .theme: theme.choice
      case .email: EmailChange.values(email)
      case .password: PasswordChange.values()
      case .sessions: SessionList.values(sessions, own: context.session.id, clock)
      case .privacy: privacy.choice
      case .clock: clock.choice
      case .deletion: DeletionForm.values(deletion)
      }
    }
    if let part, request.wantsFragment {
      return layout.fragment(
        "fragments/\(part.rawValue)", status: status, headers: headers,
        values: view(of: part).merging(answers) { $1 })
    }
    var values: [String: (any Sendable)?] = ["settings": true, "saved": notice]
    for each in Part.allCases {
      values[each.rawValue] = View(view(of: each).merging(each == part ? answers : [:]) { $1 })
    }
    return layout.response(
      "pages/settings", to: request, title: "Settings",
      viewer: .init(user: viewer, theme: theme, clock: clock, event: event), status: status, headers: headers,
      values: values)
  }
}
