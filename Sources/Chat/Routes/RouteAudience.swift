import Web

/// Who may use a route.
enum RouteAudience: Sendable {
  case anyone, loggedIn, administrators

  var words: Sentence {
    switch self {
    case .anyone: Sentence("anyone")
    case .loggedIn: Sentence("logged in")
    case .administrators: Sentence("administrators")
    }
  }
}
