import Web

/// What events are rendered with: the same templates, rows and messages as pages. A fragment is a wrapper that says
/// where its content belongs, around what the page would hold.
struct Fragments: Sendable {
  let templates: Templates
  let rows: RowFragment
  let messages: MessageFragment
}
