import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// Gives each person who is logged in a share of the server: so many requests under way at once, from the first byte
/// of an upload to the last of a download. What is more waits. Event streams have bounds of their own, see ``Live``.
///
/// Uploads and downloads end with the session that they are for.
struct PersonalShare: RouterMiddleware {
  /// The most requests of one person under way at once, and the most that wait for one of them to end.
  static let maximumRequests = 32
  static let maximumWaiting = 256

  let database: ChatDatabase
  /// nil where nobody is to be held up.
  let requests: ConcurrencyLimit<User.ID>?
  let work: SessionWork

  func handle(
    _ request: Request, context: ChatContext, next: (Request, ChatContext) async throws -> Response
  ) async throws -> Response {
    guard let session = context.session, request.uri.path != "/events" else {
      return try await next(request, context)
    }
    let place: ConcurrencyLimit<User.ID>.Place?
    do { place = try await requests?.take(session.user.id) } catch { throw ChatError.tooMany(seconds: 2) }
    let cut: @Sendable () -> Void = { [channel = context.channel] in channel.close(promise: nil) }
    let isUpload = (try? request.mayBringFiles) ?? false
    let upload = isUpload ? work.begin(session.id, cut: cut) : nil
    // It may have ended before there was something to cut.
    if isUpload, try await !database.read({ try Session.isAlive(session.id, in: $0) }) {
      throw ChatError.signedOut
    }
    var response = try await next(request, context)
    upload?.end()
    guard response.isLarge else {
      place?.end()
      return response
    }
    let download = work.begin(session.id, cut: cut)
    let body = response.body
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      defer {
        download.end()
        place?.end()
      }
      try await body.write(writer)
    }
    return response
  }
}
