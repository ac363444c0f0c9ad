import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/setup/TOKEN`: makes the owner's account, for who has the link. Whoever comes too late, or with a link that never was, reads
/// the same.
struct SetupPage: Feature {
  static let routes: [Route<SetupPage>] = [
    .get("/setup/{token}", page),
    .post("/setup/{token}", takes: [.signUps], form: Registration.formBytes, submit),
  ]

  let database: ChatDatabase
  let registration: Registration

  private func page(_ request: Request, _ context: ChatContext) async throws -> Response {
    do {
      let door = try await door(context)
      return registration.page(door, request, headers: [.cacheControl: "no-store"])
    } catch let closed as Registration.Closed {
      return registration.page(closed, next: LocalPath("/"), request, status: closed.status)
    }
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: ChatContext
  ) async throws -> Response {
    do {
      let door = try await door(context)
      return try await registration.submit(fields, request, context, through: door)
    } catch let closed as Registration.Closed {
      return registration.page(closed, next: LocalPath("/"), request, status: closed.status)
    }
  }

  /// - Throws: ``Registration/Closed``.
  private func door(_ context: ChatContext) async throws -> Registration.Door {
    guard let text = context.parameters.get("token") else { throw Self.gone }
    let token = SessionToken(text)
    let now = Date.now.milliseconds
    guard let link = try await database.read({ try SetupLink.find(token, at: now, in: $0) }) else {
      throw Self.gone
    }
    return .init(
      address: SetupLink.path + text, next: AdministrationSettings.firstPath, logIn: LocalPath("/"),
      heading: Sentence("Set up your chat"),
      lead: Sentence("Make your own account first. It owns this chat: you decide who may come in."),
      email: link.email ?? ""
    ) { user, db in
      guard try SetupLink.find(token, at: now, in: db) != nil else { throw Self.gone }
      try Ownership.give(to: user, in: db)
    }
  }

  private static let gone = Registration.Closed(
    sentence: Sentence("This link does not work any more. Whoever runs this chat can make another one."),
    status: .notFound)
}
