import Web

/// What pages were made of, for who asks again while nothing was written. Bounded in bytes.
struct KeptViews: Sendable {
  private struct Key: Hashable {
    let viewer: User.ID
    let address: String
    let connection: Int64
  }

  private struct Entry {
    let snapshot: Snapshot
    let view: ChatView
  }

  private static let keptBytes = 16 << 20

  private let views = BoundedCache<Key, Entry>(maximumBytes: keptBytes)

  /// - Parameters:
  ///   - address: with all that decides what is shown, beside the database.
  ///   - load: called where something was written since the last time.
  func view(
    at address: String, for viewer: User.ID, in snapshot: Snapshot, load: () async throws -> ChatView
  ) async throws -> ChatView {
    let key = Key(viewer: viewer, address: address, connection: snapshot.connection)
    if let entry = views.value(for: key), entry.snapshot == snapshot { return entry.view }
    // It may see more than the snapshot, never less.
    let view = try await load()
    views.keep(Entry(snapshot: snapshot, view: view), for: key, bytes: view.byteCount + address.utf8.count)
    return view
  }
}

extension ChatView {
  /// About what it takes in memory.
  fileprivate var byteCount: Int {
    let messages = open?.messages.messages ?? []
    return messages.reduce(2_048) { $0 + 512 + $1.text.utf8.count + $1.images.count * 512 }
      + sidebar.rows.reduce(0) { $0 + 1_024 + ($1.newest?.text.utf8.count ?? 0) }
  }
}
