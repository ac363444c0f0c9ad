import Foundation
import GRDB
import Hummingbird
import Web

/// That somebody is typing, as their modules tell it from time to time: passed on to those who listen, and kept nowhere.
struct Typing: Feature {
  static let routes: [Route<Typing>] = [
    .post("/people/{person}/typing", note), .post("/conversations/{conversation}/typing", note),
  ]

  let database: ChatDatabase
  let hub: StreamHub

  private func note(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let (addressee, viewer) = (try Addressee(of: context), context.viewer)
    let answer = Response(status: .noContent, headers: [.cacheControl: "no-store"])
    // Before anything is looked up.
    guard await hub.mayTellTyping(viewer.id) else { return answer }
    let conversation = try await database.read { db -> Conversation? in
      guard case .conversation(let conversation, _) = try addressee.place(for: viewer.id, in: db) else {
        return nil
      }
      // Where only administrators write, nobody else is about to.
      let mayWrite =
        try conversation.isDirect
        || Group.find(conversation.id, in: db)?.writers == .everyone
        || Role.of(viewer.id, in: conversation.id, db: db) == .administrator
      return mayWrite ? conversation : nil
    }
    if let conversation { await hub.tellTyping(viewer, in: conversation) }
    return answer
  }
}

extension StreamHub {
  /// One note a person in so much time, in milliseconds.
  private static let pause: Milliseconds = 2_500

  func setSilent(_ isSilent: Bool, _ user: User.ID) {
    if isSilent { silentTypers.insert(user) } else { silentTypers.remove(user) }
  }

  /// Whether others may see that someone is typing, and have not been told just now.
  func mayTellTyping(_ user: User.ID) -> Bool {
    let now = Date.now.milliseconds
    guard showsTyping(user), typedAt[user].map({ $0 + Self.pause <= now }) ?? true else { return false }
    if typedAt.count > 1_000 { typedAt = typedAt.filter { $0.value + Self.pause > now } }
    typedAt[user] = now
    return true
  }

  /// Who does not tell it is not told either; who hides is never seen typing, and sees nobody.
  private func showsTyping(_ user: User.ID) -> Bool {
    !silentTypers.contains(user) && !board.isHidden(user)
  }

  func tellTyping(_ user: User, in conversation: Conversation) async {
    let readers = conversation.other(than: user.id).map { [$0] } ?? streams.listeners(in: conversation.id)
    let told = readers.filter { $0 != user.id && showsTyping($0) }
    let place = conversation.isDirect ? String(user.id) : conversation.key
    var batch = EventBatch()
    for language in streams.languages {
      let outlets = told.flatMap { streams.outlets(of: $0, in: language) }
      guard !outlets.isEmpty else { continue }
      let view = View([
        "place": place, "typist": user.id,
        "sentence": Sentence("{name} is typing …", ["name": user.name]),
      ])
      let html = fragments.said(in: language).render("fragments/typing", view)
      batch.add(passing("typing", html), to: outlets)
    }
    await batch.send()
  }
}
