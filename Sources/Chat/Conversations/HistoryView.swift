import Web

/// A stretch of messages as its template sees it: with the days between them, by the viewer's clock, and a
/// line before the first one that the viewer has not read.
struct HistoryView: Sendable {
  let open: ChatView.Open
  let receipts: Receipts?
  let fragments: Fragments
  let reader: Reader
  let now: Timestamp

  var values: [String: (any Sendable)?] {
    [
      "items": items,
      "older": open.messages.hasOlder ? open.messages.messages.first.map { address("before", $0.id) } : nil,
      "newer": open.messages.hasNewer ? open.messages.messages.last.map { address("after", $0.id) } : nil,
    ]
  }

  /// One end of it alone, with the way to what is beyond.
  func values(of edge: Edge) -> [String: (any Sendable)?] {
    values.filter { $0.key != (edge == .older ? "newer" : "older") }
  }

  enum Edge: Sendable {
    case older, newer
  }

  private var items: [View] {
    var day = ""
    var isNew = false
    return open.messages.messages.map { message in
      let time = Timestamp(message.createdAt, reader.clock)
      defer { day = time.day }
      var values: [String: (any Sendable)?] = ["message": html(message)]
      values["day"] =
        time.day == day ? nil : View(["iso": time.day, "text": time.heading(now: now)])
      let startsNew =
        !isNew && open.unread > 0 && message.id > open.readThrough && message.author.id != open.viewer
        && message.line == nil
      if startsNew { isNew = true }
      values["newLine"] = startsNew ? View(["text": newLine, "count": open.unread]) : nil
      return View(values)
    }
  }

  private func html(_ message: Message) -> String {
    let html = fragments.messages.html(message, for: reader)
    return receipts?.html(message, html, fragments.said(in: reader.language)) ?? html
  }

  private var newLine: Sentence {
    Sentence(
      one: "{count} new message", other: "{count} new messages", count: open.unread,
      ["count": ReadMark.text(open.unread) ?? ""])
  }

  /// Of the messages before or after one.
  private func address(_ side: String, _ id: Message.ID) -> String {
    "/conversations/\(open.conversation?.id ?? 0)?\(side)=\(id)"
  }
}
