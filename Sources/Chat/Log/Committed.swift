/// The events of one commit, with what the log held before them.
struct Committed: Sendable {
  let after: Event.ID
  let events: [Event]
}
