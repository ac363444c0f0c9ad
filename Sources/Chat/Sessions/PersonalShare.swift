import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// Gives each session and each person a share of the server: so many requests under way at once, from the first byte
/// of an upload to the last of a download. What is more waits. A session that somebody else got hold of cannot take
/// all that its owner has, nor keep them from ending it. Event streams have bounds of their own, see ``Live``.
///
/// Uploads and downloads end with the session that they are for.
struct PersonalShare: RouterMiddleware {
  /// The most requests under way at once.
  static let maximumPerSession = 32
  static let maximumPerPerson = 96
  /// The most that wait for one of them to end.
  private static let maximumWaiting = 256
  /// What never waits: streams, and the ways to shut others out.
  private static let free: Set = ["/events", "/logout", "/settings/password", "/settings/sessions"]

  private let database: ChatDatabase
  private let work: SessionWork
  private let bySession: ConcurrencyLimit<Session.ID>?
  private let byPerson: ConcurrencyLimit<User.ID>?

  /// - Parameter isBounded: false where nobody is to be held up.
  init(database: ChatDatabase, work: SessionWork, isBounded: Bool) {
    self.database = database
    self.work = work
    let waiting = Self.maximumWaiting
    bySession = isBounded ? .init(maximum: Self.maximumPerSession, maximumWaiting: waiting) : nil
    byPerson = isBounded ? .init(maximum: Self.maximumPerPerson, maximumWaiting: waiting) : nil
  }

  func handle(
    _ request: Request, context: ChatContext, next: (Request, ChatContext) async throws -> Response
  ) async throws -> Response {
    guard let session = context.session, !Self.free.contains(request.uri.path) else {
      return try await next(request, context)
    }
    let channel = context.channel
    let places = try await places(of: session, on: channel)
    let isUpload = (try? request.mayBringFiles) ?? false
    // A short form, which is answered at once, is not cut off: it may be what ends the session.
    let piece =
      isUpload || request.method != .post
      ? work.begin(session.id) { channel.close(promise: nil) } : nil
    // It may have ended while this waited, or before there was something to cut.
    let isSure = !places.haveWaited && context.snapshot != nil && database.snapshot == context.snapshot
    if !isSure, try await !database.read({ try Session.isAlive(session.id, in: $0) }) {
      throw ChatError.signedOut
    }
    var response = try await next(request, context)
    guard response.isLarge(on: channel) else {
      piece?.end()
      places.end()
      return response
    }
    let download = piece ?? work.begin(session.id) { channel.close(promise: nil) }
    let body = response.body
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      defer {
        download.end()
        places.end()
      }
      try await body.write(writer)
    }
    return response
  }

  /// What a request takes of both.
  private struct Places {
    let ofSession: ConcurrencyLimit<Session.ID>.Place?
    let ofPerson: ConcurrencyLimit<User.ID>.Place?

    var haveWaited: Bool { ofSession?.hasWaited == true || ofPerson?.hasWaited == true }

    func end() {
      ofSession?.end()
      ofPerson?.end()
    }
  }

  /// - Throws: ``ChatError/tooMany(seconds:)``.
  private func places(of session: Session, on channel: any Channel) async throws -> Places {
    do {
      return Places(
        ofSession: try await bySession?.take(session.id, on: channel),
        ofPerson: try await byPerson?.take(session.user.id, on: channel))
    } catch {
      throw ChatError.tooMany(seconds: 2)
    }
  }
}
