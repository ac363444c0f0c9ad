import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// `GET /events`: the event stream of one browser.
struct EventsRoute: Feature {
  static let routes: [Route<EventsRoute>] = [.get("/events", respond)]

  let hub: StreamHub
  let board: PresenceBoard
  let marks: ReadMarks
  let database: ChatDatabase
  let fragments: Fragments
  let addresses: ClientAddress
  /// What a page compares with its own, see ``PageLayout/version``.
  let version: String
  /// By network; nil where nobody is to be held up.
  let streams: ConcurrencyLimit<String>?
  /// By session.
  let replays: ConcurrencyLimit<Session.ID>?

  /// The most streams from one network, so that no one has all.
  static let maximumStreams = 2_000
  /// The most replays of one session at once. Others wait, as many as there can be streams.
  static let maximumReplays = 4

  private func respond(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let query = FormFields(query: request.uri.query)
    let asked = request.headers[.lastEventID] ?? query["after"]
    // What is no number cannot be caught up with: it counts as from before the log, and gives a resync.
    let after = asked.isEmpty ? nil : Event.ID(asked) ?? -1
    let session = context.session
    let channel = context.channel
    let fragments = fragments.said(in: fragments.templates.words.language(of: request))
    let place: ConcurrencyLimit<String>.Place?
    do {
      place = try await streams?.take(
        ClientAddress.network(of: addresses.of(request, channel: channel)), on: channel)
    } catch { throw ChatError.tooMany(seconds: 10) }
    return Response(
      status: .ok,
      headers: [
        .contentType: "text/event-stream", .cacheControl: "no-store", .accelBuffering: "no",
        .version: version,
      ],
      body: ResponseBody { writer in
        channel.closeFuture.whenComplete { _ in place?.end() }
        try await stream(to: &writer, fragments, session: session, after: after, channel: channel)
      })
  }

  private func stream(
    to writer: inout any ResponseBodyWriter, _ fragments: Fragments, session: Session, after: Event.ID?,
    channel: any Channel
  ) async throws {
    let outlet = try await EventOutlet.open(on: channel)
    if let stream = await hub.open(session, in: fragments.language, outlet: outlet) {
      channel.closeFuture.whenComplete { _ in Task { await hub.close(stream) } }
      if !session.hasStreamed {
        // A disk that is full must not keep anyone from hearing.
        try? await database.writer.write { try Session.noteStream(session.id, in: $0) }
      }
      try await writer.write(ServerSentEvent.retry(milliseconds: .random(in: 1_000...3_000)).bytes)
      outlet.begin(
        after: try await replay(to: &writer, fragments, session: session, after: after, channel: channel))
    } else {
      outlet.begin(after: 0)
      outlet.end()
    }
    try await outlet.endBody(on: channel)
  }

  /// - Returns: the id of the newest event that need not be sent any more.
  private func replay(
    to writer: inout any ResponseBodyWriter, _ fragments: Fragments, session: Session, after: Event.ID?,
    channel: any Channel
  ) async throws -> Event.ID {
    guard let after else { return 0 }
    let place = try await replays?.take(session.id, on: channel)
    defer { place?.end() }
    let replay = try await Replay.begin(
      after: after, viewer: session.user.id, database: database, fragments: fragments)
    guard var replay else {
      try await writer.write(Self.resync.bytes)
      return 0
    }
    do {
      while let events = try await replay.next(online: board.people(seenBy: session.user.id)) {
        if let bytes = Self.joined(events) { try await writer.write(bytes) }
      }
    } catch is Replay.Overtaken {
      try await writer.write(Self.resync.bytes)
    }
    let viewer = session.user.id
    await marks.settle(viewer)
    let (read, receipts) = try await database.read { db in
      (
        try ReadState.since(after, of: viewer, in: db),
        try Receipts.since(after, of: viewer, in: db).flatMap { try $0.readMessages(in: db) }
      )
    }
    if !receipts.isEmpty {
      try await writer.write(ServerSentEvent(name: "receipt", data: fragments.read(receipts)).bytes)
    }
    if !read.isEmpty {
      let html = read.map { $0.html(fragments) }.joined()
      try await writer.write(ServerSentEvent(name: "read", data: html).bytes)
    }
    return replay.through
  }

  private static let resync = ServerSentEvent(name: "resync", data: ".")

  private static func joined(_ events: [ServerSentEvent]) -> ByteBuffer? {
    guard var first = events.first?.bytes else { return nil }
    for event in events.dropFirst() { first.writeImmutableBuffer(event.bytes) }
    return first
  }
}
