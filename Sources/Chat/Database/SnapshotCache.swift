import Web

/// What was read, for who asks again while nothing was written. Bounded in bytes.
struct SnapshotCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let snapshot: Snapshot
    let value: Value
  }

  private let entries: BoundedCache<Key, Entry>

  init(maximumBytes: Int) { entries = BoundedCache(maximumBytes: maximumBytes) }

  func value(for key: Key, in snapshot: Snapshot?) -> Value? {
    guard let snapshot, let entry = entries.value(for: key), entry.snapshot == snapshot else { return nil }
    return entry.value
  }

  /// - Parameters:
  ///   - snapshot: taken before the value was read. It may know more than the snapshot, never less.
  ///   - bytes: about what it takes in memory, with its key.
  func keep(_ value: Value, for key: Key, in snapshot: Snapshot?, bytes: Int) {
    guard let snapshot else { return }
    entries.keep(Entry(snapshot: snapshot, value: value), for: key, bytes: bytes)
  }
}
