import Testing

/// Texts that break out of careless pages, each with the bytes that a page may show it as.
struct Payload: Sendable, CustomTestStringConvertible {
  let description: String
  /// As a browser sends it, percent-encoded.
  let sent: String
  let shown: HTML

  var testDescription: String { description }

  init(_ description: String, _ sent: String, shown: String) {
    self.description = description
    self.sent = sent
    self.shown = HTML(shown)
  }

  static let all = [
    Payload(
      "a script", "%3Cscript%3Ealert(1)%3C/script%3E", shown: "&lt;script&gt;alert(1)&lt;/script&gt;"),
    Payload(
      "a quote under a combining mark", "x%22%CC%81%20onmouseover%3D%22%CC%81alert(1)",
      shown: "x&quot;\u{0301} onmouseover=&quot;\u{0301}alert(1)"),
    Payload(
      "an end tag under combining marks", "%3C%CC%B8/div%3E%CC%81%3Cimg%20src%3Dx%20onerror%3Dx%3E",
      shown: "&lt;\u{0338}/div&gt;\u{0301}&lt;img src=x onerror=x&gt;"),
    Payload(
      "a right-to-left override", "%E2%80%AEgnp.elif%D7%90 end", shown: "\u{202E}gnp.elif\u{05D0} end"),
    Payload("NUL", "be%00fore", shown: "be\u{FFFD}fore"),
    Payload(
      "bytes that are no UTF-8", "a%FF%FEb%C3(%ED%A0%80%F5",
      shown: "a\u{FFFD}\u{FFFD}b\u{FFFD}(\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    Payload(
      "apostrophes and ampersands", "'%26lt;%26amp;%26%23x3C;'",
      shown: "&#39;&amp;lt;&amp;amp;&amp;#x3C;&#39;"),
    Payload(
      "a template's own signs", "{{text}}{{{message}}}{{/text}}", shown: "{{text}}{{{message}}}{{/text}}"),
    Payload(
      "joined and coloured people", "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9%F0%9F%91%8D%F0%9F%8F%BD", shown: "👩‍👩👍🏽"),
  ]
}
