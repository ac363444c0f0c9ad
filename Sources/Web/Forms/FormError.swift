/// Why the body of a form is refused.
public enum FormError: Error {
  /// The body is not what its content type says: 400.
  case malformed
  /// The body has more bytes than the form takes: 413.
  case tooLarge
  /// The body is of a type that the form does not take: 415.
  case unsupportedType
}
