import Foundation
import HTTPTypes
import Hummingbird
import Web

/// Finds the session of a request by its cookie, and renews it by use.
struct SessionMiddleware: RouterMiddleware {
  let database: ChatDatabase
  let cookies: CookieJar
  let devices: Devices
  let connections: Connections
  private let kept = SnapshotCache<Data, Session>(maximumBytes: 4 << 20)

  func handle(
    _ request: Request, context: ChatContext, next: (Request, ChatContext) async throws -> Response
  ) async throws -> Response {
    guard !request.uri.path.hasPrefix("/assets/"),
      let token = cookies.value(of: Session.cookie, in: request).map({ SessionToken($0) })
    else { return try await next(request, context) }
    let now = Date.now.milliseconds
    var context = context
    context.snapshot = database.snapshot
    context.session = try await session(token, at: now, in: context.snapshot)
    if let user = context.session?.user.id { connections.know(user, on: context.channel) }
    guard let session = context.session, session.usedAt + Session.renewalInterval < now else {
      return try await next(request, context)
    }
    let device = devices.device(of: request, channel: context.channel)
    // A disk that is full must not keep anyone from reading.
    try? await database.writer.write { try Session.renew(session.id, on: device, at: now, in: $0) }
    var response = try await next(request, context)
    // Who logs in or out meanwhile is given another one, or none, and another request may have replaced this one.
    let isAlive = try? await database.read { try Session.isAlive(session.id, in: $0) }
    if isAlive == true,
      !response.headers[values: .setCookie].contains(where: { cookies.sets(Session.cookie, in: $0) })
    {
      response.headers.append(HTTPField(name: .setCookie, value: Session.header(token, cookies)))
    }
    return response
  }

  private func session(
    _ token: SessionToken, at now: Milliseconds, in snapshot: Snapshot?
  ) async throws -> Session? {
    let snapshot = database.accounts.newest(in: snapshot)
    if let session = kept.value(for: token.hash, in: snapshot), session.expiresAt > now { return session }
    let session = try await database.read { try Session.find(token, at: now, in: $0) }
    if let session { kept.keep(session, for: token.hash, in: snapshot, bytes: 1_024) }
    return session
  }
}
