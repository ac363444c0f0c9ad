import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/signup`: makes an account for whoever may come in. In a folder without any it makes the owner's, for who is at the
/// machine itself.
struct SignUp: Feature {
  static let routes: [Route<SignUp>] = [
    .get("/signup", page), .post("/signup", takes: [.signUps], form: Registration.formBytes, submit),
  ]

  let database: ChatDatabase
  let registration: Registration
  let site: CurrentSite
  let firstHour: FirstHour
  let farewell: Farewell

  private func page(_ request: Request, _ context: ChatContext) async throws -> Response {
    let next = next(of: request)
    if context.session != nil { return .seeOther(next.text) }
    let isDeleted = try await farewell.isDue(to: request)
    let headers = isDeleted ? farewell.headers(for: request) : [:]
    do {
      let door = try await door(for: request, context)
      return registration.page(door, request, isDeleted: isDeleted, headers: headers)
    } catch let closed as Registration.Closed {
      return registration.page(closed, next: next, request, isDeleted: isDeleted, headers: headers)
    }
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: ChatContext
  ) async throws -> Response {
    do {
      let door = try await door(for: request, context)
      return try await registration.submit(fields, request, context, through: door)
    } catch let closed as Registration.Closed {
      return registration.page(closed, next: next(of: request), request, status: closed.status)
    }
  }

  private func next(of request: Request) -> LocalPath {
    LocalPath(FormFields(query: request.uri.query)["next"])
  }

  /// - Throws: ``Registration/Closed``.
  private func door(for request: Request, _ context: ChatContext) async throws -> Registration.Door {
    let next = next(of: request)
    let isAtTheMachine = firstHour.isAtTheMachine(request, context)
    guard try await database.read({ try Site.awaitsOwner(in: $0) }) else {
      if let refusal = site.admission.refusal { throw Registration.Closed(sentence: refusal) }
      return .init(address: next.query(of: "/signup"), next: next) { [site] _, db in
        // It may have changed while the password was hashed.
        if let refusal = try site.admission(in: db).refusal { throw Registration.Closed(sentence: refusal) }
      }
    }
    guard isAtTheMachine else { throw Self.notSetUp }
    return .init(
      address: "/signup", next: AdministrationSettings.firstPath, logIn: LocalPath("/"),
      heading: Sentence("Set up your chat"),
      lead: Sentence("Make your own account first. It owns this chat: you decide who may come in.")
    ) { user, db in
      guard try Site.awaitsOwner(in: db) else {
        throw Registration.Closed(
          sentence: Sentence("Somebody else has just set this chat up. Load this page again."))
      }
      try Ownership.give(to: user, in: db)
    }
  }

  private static let notSetUp = Registration.Closed(
    sentence: Sentence(
      "This chat is not set up yet. If you run it, open the link that it printed when it was started."))
}
