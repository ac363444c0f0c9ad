import CEpoll
import Foundation

/// One thread that waits for many sockets and timers at once (epoll(7), level-triggered), so that the load
/// takes as little as it can of the machine that it shares with the server.
final class Reactor {
  private let epoll: CInt
  private var watchers: [(any Watcher)?] = []
  private var timers: [(time: Nanoseconds, action: () -> Void)] = []
  private var events = [epoll_event](repeating: epoll_event(), count: 1_024)
  private let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

  init() throws {
    epoll = epoll_create1(0)
    guard epoll >= 0 else { throw BenchError.system("epoll_create1") }
  }

  deinit {
    close(epoll)
    room.deallocate()
  }

  func watch(_ file: CInt, _ watcher: any Watcher, writing: Bool = false) throws {
    let index = Int(file)
    while watchers.count <= index { watchers.append(nil) }
    let operation = watchers[index] == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    watchers[index] = watcher
    var event = epoll_event()
    event.events = EPOLLIN.rawValue | (writing ? EPOLLOUT.rawValue : 0)
    event.data.fd = file
    guard epoll_ctl(epoll, operation, file, &event) == 0 else { throw BenchError.system("epoll_ctl") }
  }

  func forget(_ file: CInt) {
    guard watchers.indices.contains(Int(file)), watchers[Int(file)] != nil else { return }
    watchers[Int(file)] = nil
    epoll_ctl(epoll, EPOLL_CTL_DEL, file, nil)
  }

  func at(_ time: Nanoseconds, _ action: @escaping () -> Void) { timers.append((time, action)) }

  /// Runs `action` every `interval` until `end`, as near to its time as the thread allows.
  func every(_ interval: Nanoseconds, until end: Nanoseconds, _ action: @escaping () -> Void) {
    func step(_ time: Nanoseconds) {
      guard time < end else { return }
      at(time) {
        action()
        step(time + interval)
      }
    }
    step(.now + interval)
  }

  /// Handles what comes until `condition` holds.
  /// - Returns: whether it came to hold before `deadline`.
  @discardableResult
  func run(until deadline: Nanoseconds, _ condition: () -> Bool = { false }) -> Bool {
    while !condition() {
      let now = Nanoseconds.now
      guard now < deadline else { return false }
      let next = min(deadline, timers.map(\.time).min() ?? deadline)
      turn(waiting: max(0, next - now))
      fireTimers()
    }
    return true
  }

  private func turn(waiting: Nanoseconds) {
    let milliseconds = CInt(clamping: (waiting + 999_999) / 1_000_000)
    let count = epoll_wait(epoll, &events, CInt(events.count), milliseconds)
    guard count > 0 else { return }
    for event in events.prefix(Int(count)) {
      watchers[Int(event.data.fd)]?.ready(canWrite: event.events & EPOLLOUT.rawValue != 0, room: room)
    }
  }

  private func fireTimers() {
    guard !timers.isEmpty else { return }
    let now = Nanoseconds.now
    let due = timers.filter { $0.time <= now }
    guard !due.isEmpty else { return }
    timers.removeAll { $0.time <= now }
    for timer in due { timer.action() }
  }
}
