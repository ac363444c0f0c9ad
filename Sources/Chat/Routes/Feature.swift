/// A part of the product that answers requests. ``App`` builds each once, see ``Features``.
protocol Feature: Sendable {
  /// Known without one having been built.
  static var routes: [Route<Self>] { get }
}
