/// Why a `multipart/form-data` body is refused.
public enum MultipartError: Error {
  /// The body is not what RFC 2046 and RFC 7578 say: 400.
  case malformed
  /// The header of a part has more bytes or more fields than ``MultipartLimits`` allow: 400.
  case headerTooLarge
  /// The body has more parts than ``MultipartLimits`` allow: 413.
  case tooManyParts
  /// The body ended before its closing delimiter: 400.
  case incomplete
}
