/// Something that is said to a person, before it is known in which language: English as it stands in the code, and
/// what goes into it by name. ``Language/text(_:)`` makes text of it.
///
///     Sentence("Wait {time}, then try again.", ["time": Wait(seconds).words])
///     Sentence(one: "{count} image", other: "{count} images", count: images)
///     Sentence("End", in: "session")
///
/// The English is a literal, since the catalogue of what there is to translate is made by reading the sources, see
/// ``CatalogueTemplate``.
public struct Sentence: Sendable {
  /// What a catalogue finds a sentence by.
  struct Key: Sendable, Hashable {
    let text: String
    /// Tells apart what is one word in English and several elsewhere.
    var context: String?
  }

  enum Content: Sendable {
    case words(Key, [String: any Sendable])
    case counted(Key, other: String, Int, [String: any Sendable])
    case verbatim(String)
    case list([Sentence])
    case sequence([Sentence])
    case made(@Sendable (Language) -> String)
  }

  let content: Content

  private init(_ content: Content) { self.content = content }

  /// - Parameter arguments: what takes the place of `{name}`: sentences, numbers, or what others wrote.
  public init(_ text: String, in context: String? = nil, _ arguments: [String: any Sendable] = [:]) {
    self.init(.words(Key(text: text, context: context), arguments))
  }

  /// One that a number changes, which stands in it as `{count}`.
  public init(one: String, other: String, count: Int, _ arguments: [String: any Sendable] = [:]) {
    self.init(.counted(Key(text: one), other: other, count, ["count": count].merging(arguments) { $1 }))
  }

  /// What is the same in every language, such as what a person wrote.
  public static func verbatim(_ text: String) -> Sentence { Sentence(.verbatim(text)) }

  /// What the language itself makes, such as a date.
  public static func made(_ text: @escaping @Sendable (Language) -> String) -> Sentence {
    Sentence(.made(text))
  }

  /// `one, two and three`
  public static func list(_ sentences: [Sentence]) -> Sentence { Sentence(.list(sentences)) }

  /// One after the other.
  public static func sequence(_ sentences: [Sentence]) -> Sentence { Sentence(.sequence(sentences)) }
}
