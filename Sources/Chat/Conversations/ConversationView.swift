import HTTPTypes
import Web

/// The open conversation as its template sees it.
struct ConversationView: Sendable {
  let open: ChatView.Open
  let history: HistoryView
  let lastSeen: Milliseconds?
  let isOnline: Bool
  /// Of a group's members.
  let onlineCount: Int
  let renews: Bool
  let refused: ComposerView.Refused?
  let reply: ComposerView.Reply?

  /// The page of this conversation.
  private var address: String {
    open.conversation.map { "/conversations/\($0.id)" } ?? "/people/\(open.person?.id ?? 0)"
  }

  /// Where its forms go: for a direct conversation valid before and after its first message.
  private var formBase: String { open.person.map { "/people/\($0.id)" } ?? address }

  var view: View {
    let identity = open.person?.id ?? open.conversation?.id ?? 0
    let composer = ComposerView(
      action: formBase + "/messages", checkAddress: address, renewAddress: address + "?renew",
      refused: refused, reply: reply)
    return View([
      "key": open.key,
      "id": open.conversation?.id,
      "name": open.name,
      "initials": open.person?.initials ?? Avatar.initials(of: open.conversation?.name ?? ""),
      "colour": Avatar.colour(of: identity),
      "picture": open.person == nil ? open.conversation?.picture : open.person?.picture,
      "faces": GroupFaces.views(open.conversation?.faces ?? []),
      "userID": open.person?.id,
      "subject": open.person.map { String($0.id) } ?? open.key,
      "group": open.group.map { group in
        View([
          "members": group.memberCountInWords,
          "online": MembersOnline.words(onlineCount),
        ])
      },
      "detailsAddress": formBase + "/details",
      "readOnly": !open.mayWrite,
      "administers": open.isAdministrator,
      "mayPin": open.group == nil || open.isAdministrator,
      "pinned": open.conversation.flatMap { Pin.bar(open.pins, of: $0.id) },
      "presence": isOnline ? Sentence("online") : nil,
      "lastSeen": isOnline ? nil : lastSeen.map { Fragments.lastSeen($0, history.reader.clock) },
      "live": open.isAtEnd,
      "readAddress": formBase + "/read",
      "newestRead": open.messages.messages.last?.id,
      "hasMessages": !open.messages.messages.isEmpty,
      "composer": renews || !open.mayWrite && refused == nil ? nil : composer.view,
      "renewing": renews,
      "address": address,
      "gone": open.person?.isDeleted == true,
    ]).adding(history.values)
  }
}

/// The composer as its template sees it.
struct ComposerView: Sendable {
  /// A message that was not taken: what was typed, and why.
  struct Refused: Sendable {
    let text: String
    let sentence: Sentence
    /// The places in the form of those images that cannot be sent.
    var images: [Int] = []
    /// The images that stay, for a browser that cannot keep them itself.
    var kept: [Composition.Draft] = []
    var replyTo: Message.ID?
    var status: HTTPResponse.Status = .unprocessableContent
    var headers: HTTPFields = [:]
  }

  /// What is answered.
  struct Reply: Sendable, Hashable {
    let message: Message.ID
    let original: Quote.Original

    init(to message: Message) {
      self.message = message.id
      original = Quote.Original(message)
    }
  }

  let action: String
  let checkAddress: String
  let renewAddress: String
  let refused: Refused?
  let reply: Reply?

  var view: View {
    View([
      "action": action, "checkAddress": checkAddress, "renewAddress": renewAddress,
      "reply": reply.map { reply in
        View([
          "message": reply.message, "name": reply.original.author.name, "line": reply.original.words,
          "checkAddress": checkAddress,
        ])
      },
      "error": refused?.sentence, "text": refused?.text ?? "", "autofocus": refused != nil,
      "refused": refused.flatMap {
        $0.images.isEmpty ? nil : $0.images.map(String.init).joined(separator: " ")
      },
      "kept": (refused?.kept ?? []).enumerated().map { index, draft in
        View(["name": draft.name, "alt": draft.alt, "number": index + 1])
      },
    ])
  }
}
