/// How far browsers are told to come over HTTPS alone from now on (RFC 6797).
public enum StrictTransport: String, Sendable {
  /// To this host.
  case host
  /// Also to every host below it, whoever runs those.
  case subdomains
  case off

  /// The value of `Strict-Transport-Security`, good for a year.
  var field: String? {
    switch self {
    case .host: "max-age=31536000"
    case .subdomains: "max-age=31536000; includeSubDomains"
    case .off: nil
    }
  }
}
