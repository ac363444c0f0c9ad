import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// Gives each session, each person and each network of people who are not logged in a share of the server: so many
/// requests under way at once, from the first byte of an upload to the last of a download. What is more waits. A
/// session that somebody else got hold of cannot take all that its owner has, nor keep them from ending it. Event
/// streams have bounds of their own, see ``Live``.
///
/// Uploads and downloads end with the session that they are for.
struct FairShare: RouterMiddleware {
  /// The most requests under way at once.
  static let maximumPerSession = 32
  static let maximumPerPerson = 96
  static let maximumPerNetwork = 128
  /// The most that wait for one of them to end.
  static let maximumWaiting = 256
  /// What never waits: streams, and the ways to shut others out. Style sheets and modules are the same for all.
  private static let free: Set = ["/events", "/logout", "/settings/password", "/settings/sessions"]

  private let database: ChatDatabase
  private let work: SessionWork
  private let addresses: ClientAddress
  private let words: Words
  private let bySession: ConcurrencyLimit<Session.ID>?
  private let byPerson: ConcurrencyLimit<User.ID>?
  private let byNetwork: ConcurrencyLimit<String>?

  init(
    database: ChatDatabase, work: SessionWork, addresses: ClientAddress, words: Words, caps: Caps
  ) {
    self.database = database
    self.work = work
    self.addresses = addresses
    self.words = words
    byNetwork = caps.requestsOfAddress
    bySession = caps.requestsOfSession
    byPerson = caps.requestsOfPerson
  }

  func handle(
    _ request: Request, context: ChatContext, next: (Request, ChatContext) async throws -> Response
  ) async throws -> Response {
    let path = request.uri.path
    guard !Self.free.contains(path), !path.hasPrefix("/assets/") else {
      return try await next(request, context)
    }
    let channel = context.channel
    let places: Places
    do { places = try await self.places(of: request, context) } catch {
      return tooMany(request, on: channel)
    }
    let isUpload = (try? request.mayBringFiles) ?? false
    let upload = isUpload ? work(for: context) : nil
    if places.haveWaited || isUpload { try await checkSession(of: context) }
    var response = try await next(request, context)
    upload?.end()
    guard response.isLarge(on: channel) else {
      places.end()
      return response
    }
    let download = work(for: context)
    try await checkSession(of: context)
    let body = response.body
    response.body = ResponseBody(contentLength: body.contentLength) { writer in
      defer {
        download?.end()
        places.end()
      }
      try await body.write(writer)
    }
    return response
  }

  /// From here on the end of the session cuts the request off.
  private func work(for context: ChatContext) -> SessionWork.Piece? {
    context.session.map { work.begin($0.id) { [channel = context.channel] in channel.close(promise: nil) } }
  }

  /// It may have ended while the request waited, or before there was something to cut off.
  /// - Throws: ``ChatError/signedOut``.
  private func checkSession(of context: ChatContext) async throws {
    guard let session = context.session else { return }
    if let snapshot = context.snapshot, database.snapshot == snapshot { return }
    guard try await database.read({ try Session.isAlive(session.id, in: $0) }) else {
      throw ChatError.signedOut
    }
  }

  /// What a request takes of each.
  private struct Places {
    var ofSession: ConcurrencyLimit<Session.ID>.Place?
    var ofPerson: ConcurrencyLimit<User.ID>.Place?
    var ofNetwork: ConcurrencyLimit<String>.Place?

    var haveWaited: Bool { ofSession?.hasWaited == true || ofPerson?.hasWaited == true }

    func end() {
      ofSession?.end()
      ofPerson?.end()
      ofNetwork?.end()
    }
  }

  /// - Throws: ``ConcurrencyLimit/Full``.
  private func places(of request: Request, _ context: ChatContext) async throws -> Places {
    let channel = context.channel
    guard let session = context.session else {
      let network = ClientAddress.network(of: addresses.of(request, channel: channel))
      return Places(ofNetwork: try await byNetwork?.take(network, on: channel))
    }
    // A page asks for all of its pictures at once, and for none again.
    let patience: TimeAmount? = request.uri.path.hasPrefix("/uploads/") ? nil : .seconds(20)
    return Places(
      ofSession: try await bySession?.take(session.id, on: channel, patience: patience),
      ofPerson: try await byPerson?.take(session.user.id, on: channel, patience: patience))
  }

  /// Over HTTP/2 without a body, which would wait for a window that its client may never give.
  private func tooMany(_ request: Request, on channel: any Channel) -> Response {
    let headers: HTTPFields = [.retryAfter: "2", .cacheControl: "no-store", .contentType: "text/plain"]
    let sentence = Sentence("That was too much at once. Wait two seconds, then try again.")
    return Response(
      status: .tooManyRequests, headers: headers,
      body: channel.isStream
        ? ResponseBody()
        : ResponseBody(byteBuffer: ByteBuffer(string: words.language(of: request).text(sentence) + "\n")))
  }
}
