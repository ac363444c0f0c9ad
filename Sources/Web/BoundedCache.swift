import Synchronization

/// Values by key, bounded in bytes: those that were asked for longest ago go first, about half of them at once.
public final class BoundedCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let bytes: Int
  }

  /// Two generations in place of a list by age: what is asked for comes into the young one, and when that has
  /// half of all the bytes it becomes the old one.
  private struct Entries {
    var young: [Key: Entry] = [:]
    var youngBytes = 0
    var old: [Key: Entry] = [:]
  }

  private let generationBytes: Int
  private let entries = Mutex(Entries())

  public init(maximumBytes: Int) { generationBytes = maximumBytes / 2 }

  public func value(for key: Key) -> Value? {
    let found: (value: Value?, gone: [Key: Entry]) = entries.withLock { entries in
      if let entry = entries.young[key] { return (entry.value, [:]) }
      guard let entry = entries.old.removeValue(forKey: key) else { return (nil, [:]) }
      return (entry.value, keep(entry, for: key, in: &entries))
    }
    return found.value
  }

  /// - Parameter bytes: what the value takes, with its key; more than half of all is not kept.
  public func keep(_ value: Value, for key: Key, bytes: Int) {
    guard bytes <= generationBytes else { return }
    _ = entries.withLock { keep(Entry(value: value, bytes: bytes), for: key, in: &$0) }
  }

  /// - Returns: what is not kept any more, to be freed when nobody waits for the lock.
  private func keep(_ entry: Entry, for key: Key, in entries: inout Entries) -> [Key: Entry] {
    var gone: [Key: Entry] = [:]
    if let before = entries.young.removeValue(forKey: key) { entries.youngBytes -= before.bytes }
    if entries.youngBytes + entry.bytes > generationBytes {
      gone = entries.old
      entries.old = entries.young
      entries.young = [:]
      entries.youngBytes = 0
    }
    entries.young[key] = entry
    entries.youngBytes += entry.bytes
    return gone
  }
}
