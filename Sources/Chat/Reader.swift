import Web

/// Whom something is rendered for: the language they read, and the clock that they tell the time by.
struct Reader: Sendable, Hashable {
  let language: Language
  let clock: Clock
}
