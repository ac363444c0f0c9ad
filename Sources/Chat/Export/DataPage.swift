import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// `/settings/data`: how much there is of one's own, the download of all of it, and how far that is.
struct DataPage: Feature {
  static let routes: [Route<DataPage>] = [
    .get("/settings/data", page), .post("/settings/data", takes: [.downloads], form: 1 << 10, download),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let uploads: Uploads
  let exports: Exports
  /// What was chosen is part of the download.
  let settings: [any SettingsPart.Type]
  /// Taken once a download has its place among all.
  let limit: RateLimit?

  /// How long the fragment that tells how far it is lets its browser wait, which asks again at once.
  private static let pollTime = Duration.seconds(1)

  private func page(_ request: Request, _ context: SignedInContext) async throws -> Response {
    guard request.wantsFragment else { return try await answer(request, context) }
    try await Task.sleep(for: Self.pollTime)
    return layout.fragment(
      "fragments/export-progress", to: request, headers: [.cacheControl: "no-store"],
      values: progress(of: context.viewer))
  }

  /// The zip file, as it is made.
  private func download(
    _ fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let (viewer, channel) = (context.viewer, context.channel)
    let run: ExportRun
    do throws(Exports.Refusal) {
      run = try exports.begin(viewer.id) { channel.close(promise: nil) }
    } catch {
      return try await refused(error, request, context)
    }
    if let seconds = limit?.take(String(viewer.id)) {
      run.end(nil)
      return try await answer(
        request, context,
        error: Sentence(
          "You have started several downloads. Wait {time}, then try again.", ["time": Wait(seconds).words]),
        wait: seconds)
    }
    let plan = try await ExportPlan.load(of: viewer.id, settings: settings, from: database)
    run.progress.all = plan.amount
    let html = ExportHTML(
      templates: layout.templates, assets: layout.assets, plan: plan,
      language: layout.language(of: request))
    let export = Export(
      session: context.session, plan: plan, html: html, database: database, uploads: uploads,
      progress: run.progress)
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/zip", .cacheControl: "no-store",
        .contentDisposition: "attachment; filename=\"\(plan.folder).zip\"",
      ],
      body: ResponseBody { writer in try await send(export, run, to: writer) })
  }

  private func send(
    _ export: Export, _ run: ExportRun, to writer: any ResponseBodyWriter
  ) async throws {
    let progress = run.progress
    do {
      var outlet = try ExportOutlet(
        folder: export.plan.folder, time: Int(export.plan.madeAt / 1000), queue: exports.queue,
        progress: progress, writer: writer)
      try await export.write(to: &outlet)
    } catch {
      run.end(.brokenOff)
      throw error
    }
    run.end(.whole(progress.done))
  }

  private func refused(
    _ refusal: Exports.Refusal, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    switch refusal {
    case .underWay:
      let sentence = Sentence(
        "Your download is already being made. You can start another when it is done.")
      return try await answer(request, context, error: sentence, wait: 10)
    case .full:
      let sentence = Sentence(
        "Other people are downloading their data right now. Try again in a minute.")
      return try await answer(request, context, error: sentence, wait: 60)
    }
  }

  /// - Parameter error: why there is no download now.
  /// - Parameter wait: seconds until it can be tried again.
  private func answer(
    _ request: Request, _ context: SignedInContext, error: Sentence? = nil, wait: Int? = nil
  ) async throws -> Response {
    let viewer = context.viewer
    let plan = try await ExportPlan.load(of: viewer.id, settings: settings, from: database)
    let event = try await database.read { try Event.newest(visibleTo: viewer.id, in: $0) }
    var values = progress(of: viewer)
    values["settings"] = true
    values["amount"] = Self.words(plan)
    values["error"] = error
    // Who has no modules sees it move by this.
    values["refreshSeconds"] =
      request.method != .post && !context.session.hasStreamed && exports.progress(of: viewer.id) != nil
      ? 2 : nil
    return layout.response(
      "pages/data", to: request, title: Sentence("Your data"),
      viewer: .init(context.session, event: event),
      status: error == nil ? .ok : .tooManyRequests,
      headers: wait.map { [.retryAfter: String($0)] } ?? [:], values: values)
  }

  private static func words(_ plan: ExportPlan) -> Sentence {
    guard !plan.conversations.isEmpty else { return Sentence("You have not written with anyone yet.") }
    let conversations = Sentence(
      one: "{count} conversation", other: "{count} conversations", count: plan.conversations.count)
    return Sentence(
      "You are in {conversations} with {messages}, {size} in all.",
      ["conversations": conversations, "messages": plan.amount.words, "size": plan.amount.size])
  }

  private func progress(of viewer: User) -> [String: (any Sendable)?] {
    if let progress = exports.progress(of: viewer.id) {
      let (all, done) = (progress.all, progress.done)
      return [
        "running": Sentence(
          "Your download is being made: {messages} of {allMessages} messages, {images} of {allImages} images.",
          [
            "messages": done.messages, "allMessages": all.messages, "images": done.images,
            "allImages": all.images,
          ]),
        "done": done.messages + done.images, "most": max(1, all.messages + all.images),
      ]
    }
    switch exports.outcome(of: viewer.id) {
    case nil: return ["running": nil, "outcome": Sentence("You can follow its progress here.")]
    case .whole(let amount):
      return [
        "running": nil,
        "outcome": Sentence("Your download is complete, with {messages}.", ["messages": amount.words]),
      ]
    case .brokenOff:
      return [
        "running": nil,
        "outcome": Sentence(
          "The last download stopped before it was finished. Delete that file and start again."),
      ]
    }
  }
}
