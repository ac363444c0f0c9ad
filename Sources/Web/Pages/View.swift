import Mustache

/// The values a template sees. A name given with nil shows nothing there: it hides its section and does not
/// fall through to a value of the same name further out. A ``Sentence`` among them is said in the language that the
/// template is rendered in.
public struct View: MustacheParent, Sendable {
  private let values: [String: any Sendable]
  private var language = Language.english

  public init(_ values: [String: (any Sendable)?]) {
    self.values = values.mapValues { $0 ?? Absent() }
  }

  /// The names that it gives values to, and those within them.
  public var names: (own: Set<String>, all: Set<String>) {
    let own = Set(values.keys)
    let views = values.values.flatMap { value in (value as? [View]) ?? [value as? View].compactMap { $0 } }
    return (own, views.reduce(own) { $0.union($1.names.all) })
  }

  public func child(named name: String) -> Any? {
    switch values[name] {
    case let sentence as Sentence: language.text(sentence)
    case let view as View: view.said(in: language)
    case let views as [View]: views.map { $0.said(in: language) }
    case let value: value
    }
  }

  func said(in language: Language) -> View {
    var view = self
    view.language = language
    return view
  }

  /// The same values with more of them; where both have a name, the new one wins.
  public func adding(_ more: [String: (any Sendable)?]) -> View {
    View(merging: values.merging(more.mapValues { $0 ?? Absent() }) { $1 })
  }

  private init(merging values: [String: any Sendable]) { self.values = values }
}

/// What stands for nil: false as a section and no text as a value.
private struct Absent: MustacheCustomRenderable, Sendable {
  var renderText: String { "" }
  var isNull: Bool { true }
}
