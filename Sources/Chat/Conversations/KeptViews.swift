import Web

/// What pages show, for whoever asks again while nothing of it has changed, whatever else is written. Bounded in bytes.
struct KeptViews: Sendable {
  struct Key: Hashable, Sendable {
    let viewer: User.ID
    let address: String
    let opensAtUnread: Bool
  }

  private struct Kept<Value: Sendable>: Sendable {
    let stamp: PageChanges.Stamp
    let value: Value
  }

  private let database: ChatDatabase
  private let views = BoundedCache<Key, Kept<ChatView>>(maximumBytes: 20 << 20)
  /// The conversations that people are in.
  private let conversations = BoundedCache<User.ID, Kept<[Conversation.ID]>>(maximumBytes: 8 << 20)

  init(database: ChatDatabase) { self.database = database }

  /// The view under `key`, or what `load` reads.
  func view(
    _ key: Key, load: () async throws -> ChatView
  ) async throws -> ChatView {
    guard let stamp = try await stamp(key.viewer) else { return try await load() }
    if let kept = views.value(for: key), kept.stamp == stamp { return kept.value }
    let view = try await load()
    views.keep(
      Kept(stamp: stamp, value: view), for: key, bytes: view.byteCount + key.address.utf8.count)
    return view
  }

  /// Taken before what is read under it: that may know more than the stamp, never less.
  /// - Returns: nil where another program may have written.
  private func stamp(_ viewer: User.ID) async throws -> PageChanges.Stamp? {
    guard database.knowsNewest else { return nil }
    let stamp = database.pages.stamp(viewer)
    if let kept = conversations.value(for: viewer), kept.stamp == stamp {
      return database.pages.stamp(stamp, with: kept.value)
    }
    let found = try await database.read { try Conversation.ids(of: viewer, in: $0) }
    conversations.keep(Kept(stamp: stamp, value: found), for: viewer, bytes: 128 + found.count * 8)
    return database.pages.stamp(stamp, with: found)
  }
}
