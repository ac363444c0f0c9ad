import Web

/// One person's download, written from the first file to the last. Only a page of messages and a piece of an
/// image are in memory at a time.
struct Export: Sendable {
  let session: Session
  let plan: ExportPlan
  let html: ExportHTML
  let database: ChatDatabase
  let uploads: Uploads
  let progress: ExportProgress

  /// Whoever asked for it is no longer logged in.
  struct SessionEnded: Error {}

  /// - Throws: ``SessionEnded``, and what keeps it from being whole.
  func write(to outlet: inout ExportOutlet) async throws {
    try await addOverview(to: &outlet)
    for conversation in plan.conversations { try await add(conversation, to: &outlet) }
    try await outlet.finish()
  }

  private func addOverview(to outlet: inout ExportOutlet) async throws {
    var picture: String?
    if let image = plan.picture, try await outlet.addImage(image, at: uploads.path(of: image)) {
      picture = "images/\(image.name)"
    }
    let (plan, html, pictureFile) = (plan, html, picture)
    try await outlet.addText("index.html") { html.index(picture: pictureFile) }
    try await outlet.addText("style.css") { html.style }
    try await outlet.addText("profile.json") {
      try ExportJSON.encoded(
        ExportJSON.Profile(
          id: plan.profile.user.id, fullName: plan.profile.user.fullName, email: plan.profile.email,
          memberSince: Timestamp(plan.profile.createdAt).iso, picture: pictureFile))
    }
    try await outlet.addText("settings.json") {
      try ExportJSON.settings(plan.settings)
    }
    try await outlet.addText("conversations.json") {
      try ExportJSON.encoded(plan.conversations.map { $0.json(in: html.language) })
    }
  }

  private func add(_ conversation: ExportedConversation, to outlet: inout ExportOutlet) async throws {
    let html = html
    let id = conversation.conversation.id
    var (number, last) = (0, Message.ID(0))
    while true {
      number += 1
      guard let found = try await page(after: last, of: id) else { return }
      var page = ExportedPage(number: number, messages: found.messages, hasNext: found.hasNewer)
      // Before the page that shows them, which then knows what is there.
      for image in page.messages.flatMap(\.attachments) {
        try await checkSession()
        if !(try await outlet.addImage(image, at: uploads.path(of: image))) {
          page.missing.insert(image.name)
        }
        progress.add(ExportAmount(images: 1, bytes: Int64(image.bytes)))
      }
      let path = "conversations/\(id)/\(number)"
      let next = page.hasNext ? "conversations/\(id)/\(number + 1).json" : nil
      try await outlet.addText("\(path).html") { [page] in html.conversation(conversation, page) }
      try await outlet.addText("\(path).json") { [page] in
        try ExportJSON.page(page.json(in: html.language), of: id, next: next)
      }
      progress.add(ExportAmount(messages: page.messages.count))
      guard page.hasNext, let newest = page.messages.last?.id else { return }
      last = newest
    }
  }

  /// - Returns: nil when the person is no longer in the conversation.
  private func page(after last: Message.ID, of id: Conversation.ID) async throws -> MessagePage? {
    let session = session
    return try await database.read { db in
      guard try Session.isAlive(session.id, in: db) else { throw SessionEnded() }
      guard let sight = try Sight.of(session.user.id, in: id, db: db) else { return nil }
      return try MessagePage.load(.after(last), of: id, sight, size: ExportedPage.size, in: db)
    }
  }

  private func checkSession() async throws {
    let id = session.id
    guard try await database.read({ try Session.isAlive(id, in: $0) }) else { throw SessionEnded() }
  }
}
