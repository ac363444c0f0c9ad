import Foundation
import Web

/// A text as HTML: the same for everyone who reads it. It is written here and not in a template, since its elements stand
/// within each other as the text has them.
struct MarkupHTML: Sendable {
  /// Where the server is found; links to its messages lead there without leaving the page. Nil where that is not known.
  let origin: Origin?

  private static let foreign = "rel=\"noopener noreferrer nofollow\" target=\"_blank\""

  /// - Parameter mentions: those that the text was read with.
  func html(_ markup: Markup, mentions: [Mention] = [], in language: Language) -> String {
    var html = ""
    html.reserveCapacity(markup.scalars.count + 64)
    for piece in markup.pieces {
      switch piece {
      case .mark: break
      case .text(let range): html += htmlEscaped(markup.string(range))
      case .code(let range): html += "<code dir=\"ltr\">\(htmlEscaped(markup.string(range)))</code>"
      case .link(let range, let address): html += link(htmlEscaped(markup.string(range)), to: address)
      case .mention(let range, let index):
        html += self.mention(mentions[index], markup.string(range), language)
      case .open(let element): html += Self.start(of: element)
      case .close(let element): html += Self.end(of: element)
      }
    }
    return html
  }

  private func link(_ text: String, to address: String) -> String {
    if let message = message(at: address) {
      return "<a class=\"to-message\" href=\"/messages/\(message)\">\(text)</a>"
    }
    return "<a href=\"\(htmlEscaped(address))\" \(Self.foreign)>\(text)</a>"
  }

  /// The message of this server that is found at an address.
  private func message(at address: String) -> Message.ID? {
    guard let origin, let place = address.range(of: "/messages/") else { return nil }
    guard Origin(String(address[..<place.lowerBound])) == origin else { return nil }
    return Message.ID(address[place.upperBound...])
  }

  private func mention(_ mention: Mention, _ typed: String, _ language: Language) -> String {
    let name = mention.user.map { language.text($0.name) } ?? String(typed.dropFirst())
    return "<b class=\"mention\" data-mention=\"\(mention.key)\">@<bdi data-name-of=\"\(mention.key)\">"
      + "\(htmlEscaped(name))</bdi></b>"
  }

  private static func start(of element: Markup.Element) -> String {
    switch element {
    case .strong: "<strong>"
    case .emphasis: "<em>"
    case .struck: "<del>"
    case .quote: "<blockquote>"
    case .bullets: "<ul>"
    case .numbers: "<ol>"
    case .item(nil): "<li>"
    case .item(let number?): "<li value=\"\(number)\">"
    case .fence: "<div class=\"fence\">"
    case .language: "<span class=\"language\">"
    case .code: "<pre dir=\"ltr\" tabindex=\"0\"><code>"
    }
  }

  private static func end(of element: Markup.Element) -> String {
    switch element {
    case .strong: "</strong>"
    case .emphasis: "</em>"
    case .struck: "</del>"
    case .quote: "</blockquote>"
    case .bullets: "</ul>"
    case .numbers: "</ol>"
    case .item: "</li>"
    case .fence: "</div>"
    case .language: "</span>"
    case .code: "</code></pre>"
    }
  }
}
