/// What waits for its file descriptor.
protocol Watcher: AnyObject {
  /// The descriptor can be read, written, or has failed. `room` is for reading, and for this call only.
  func ready(canWrite: Bool, room: UnsafeMutableRawBufferPointer)
}
