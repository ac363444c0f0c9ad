import Testing

/// A page or a fragment, searched by bytes, so that no combining mark hides a quote or a tag.
struct HTML: Sendable, Equatable, CustomStringConvertible, CustomTestStringConvertible {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  init(_ text: String) { bytes = Array(text.utf8) }

  var description: String { String(decoding: bytes, as: UTF8.self) }
  var testDescription: String { "\(description.prefix(600))" }

  func contains(_ text: String) -> Bool { position(of: Array(text.utf8), from: 0) != nil }

  func count(of text: String) -> Int { between(text, "").count }

  /// Every stretch from a `start` through the next `end`, both included.
  func from(_ start: String, through end: String) -> [HTML] {
    between(start, end).map { HTML(Array(start.utf8) + $0.bytes + Array(end.utf8)) }
  }

  /// Every stretch between a `start` and the next `end`, without the two.
  func between(_ start: String, _ end: String) -> [HTML] {
    let start = Array(start.utf8)
    let end = Array(end.utf8)
    var found: [HTML] = []
    var place = 0
    while let opening = position(of: start, from: place),
      let closing = position(of: end, from: opening + start.count)
    {
      found.append(HTML(bytes[(opening + start.count)..<closing]))
      place = max(closing, opening + 1)
    }
    return found
  }

  func first(_ start: String, _ end: String) -> HTML? { between(start, end).first }

  /// All that follows the first `text`.
  func after(_ text: String) -> HTML? {
    let text = Array(text.utf8)
    return position(of: text, from: 0).map { HTML(bytes[($0 + text.count)...]) }
  }

  /// The value of the first attribute of that name, as it is written.
  func attribute(_ name: String) -> String? { first(" \(name)=\"", "\"")?.description }

  private func position(of wanted: [UInt8], from start: Int) -> Int? {
    guard let first = wanted.first else { return start <= bytes.count ? start : nil }
    var place = start
    while place + wanted.count <= bytes.count {
      if bytes[place] == first, bytes[place..<(place + wanted.count)].elementsEqual(wanted) { return place }
      place += 1
    }
    return nil
  }
}

// MARK: What pages of the chat hold

extension HTML {
  /// The messages, each as its whole article, without what only its author is told of it.
  var articles: [HTML] {
    from("<article class=\"message", through: "</article>").filter { $0.messageID != nil }.map { article in
      guard let receipt = article.receipt, !receipt.bytes.isEmpty else { return article }
      return HTML(article.description.replacing(receipt.description, with: ""))
    }
  }

  /// What the author of a message is told of it.
  var receipt: HTML? { first("<span class=\"receipt\">", "</span></span>\n") }

  /// That of each of one's own messages, in words.
  var receipts: [String] {
    between("<span class=\"receipt\">", "</span></span>\n").compactMap {
      $0.first("<span class=\"hidden\">", "</span>")?.description
    }
  }

  var messageID: Int64? { attribute("data-message-id").flatMap { Int64($0) } }

  /// The text of an article, as it is written.
  var messageText: HTML? { first("<span class=\"text\" dir=\"auto\">", "</span>") }

  /// The lines of the sidebar, each as its whole element.
  var rows: [HTML] { from("<li class=\"row\"", through: "</li>") }

  func row(_ key: String) -> HTML? { rows.first { $0.attribute("id") == "row-\(key)" } }

  var names: [String] {
    rows.compactMap { $0.name?.description }
  }

  /// Of a row, or of a conversation's heading.
  var name: HTML? {
    (first("<span class=\"name\" ", "</span>") ?? first("<h1 ", "</h1>"))?.after(" dir=\"auto\">")
  }

  /// Of a message.
  var author: HTML? { first("<span class=\"author\" ", "</span>")?.after(" dir=\"auto\">") }

  var preview: HTML? { first("<span class=\"preview\"", "</span>")?.after(" dir=\"auto\">") }

  var unread: String { first("<span class=\"unread\">", "</span>")?.first("<b>", "</b>")?.description ?? "" }

  var presence: String? { first("<span class=\"presence\"", "</span>")?.after(">")?.description }

  /// The newest event that the page already shows.
  var event: Int64? { attribute("data-event").flatMap { Int64($0) } }
}
