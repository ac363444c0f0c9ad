/// The header of one part of a form (RFC 7578, section 4), as text from the client: good for showing, never
/// for a path or for telling what a file is.
///
/// Bytes that are no UTF-8 and NUL become U+FFFD. Anything else may be in it: slashes, quotes, line ends.
public struct PartHeader: Sendable, Equatable {
  /// The field's name.
  public let name: String
  /// What the client calls the file; nil for a part that is no file, empty when none was chosen.
  public let fileName: String?
  /// The type that the client claims.
  public let contentType: String?

  public init(name: String, fileName: String? = nil, contentType: String? = nil) {
    self.name = name
    self.fileName = fileName
    self.contentType = contentType
  }
}
