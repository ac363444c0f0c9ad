import Web

/// A form of a part of the settings: where it posts to, how often and how much, and what saves it.
struct SettingsForm<Part: Sendable>: Sendable {
  /// A method of the part: parses the form and saves what it says.
  typealias Save = @Sendable (Part) -> (FormFields, SignedInContext) async throws -> SettingsAnswer

  let address: String
  let limit: RateLimits.Name?
  let takes: [RateLimits.Name]
  let bytes: Int
  let save: Save

  /// - Parameters:
  ///   - limit: past it the part is shown with what was typed.
  ///   - takes: what `save` takes tries of by itself.
  ///   - bytes: the most of its body.
  init(
    _ address: String, limit: RateLimits.Name? = nil, takes: [RateLimits.Name] = [], bytes: Int = 4 << 10,
    _ save: @escaping Save
  ) {
    self.address = address
    self.limit = limit
    self.takes = takes
    self.bytes = bytes
    self.save = save
  }
}
