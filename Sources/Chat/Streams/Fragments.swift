import Web

/// What events are rendered with, in one language: the same templates, rows and messages as pages. A fragment is a
/// wrapper that says where its content belongs, around what the page would hold.
struct Fragments: Sendable {
  let templates: Templates
  let rows: RowFragment
  let messages: MessageFragment
  private(set) var language = Language.english

  init(templates: Templates, origin: Origin?) {
    self.templates = templates
    rows = RowFragment(templates: templates)
    messages = MessageFragment(templates: templates, origin: origin)
  }

  func said(in language: Language) -> Fragments {
    var fragments = self
    fragments.language = language
    return fragments
  }

  /// Events go to many, whose clocks differ.
  private var reader: Reader { Reader(language: language, clock: .utc) }

  func render(_ template: String, _ view: View) -> String { templates.render(template, view, in: language) }

  func html(_ message: Message) -> String { messages.html(message, for: reader) }

  /// - Parameter viewer: whose own messages read "You: …"; nil where the row is for many.
  func html(_ row: SidebarRow, viewer: User.ID?, isOnline: Bool) -> String {
    rows.html(row, viewer: viewer, isOnline: isOnline, for: reader)
  }
}
