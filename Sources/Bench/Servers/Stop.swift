import Foundation
import Synchronization

/// Ends the programs that the bench started, also when it is itself told to end.
enum Stop {
  private static let running = Mutex<[pid_t]>([])

  /// Remembers a process, to be ended with this one.
  static func atSignal(_ process: Process) {
    let pid = process.processIdentifier
    running.withLock { $0.append(pid) }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        for pid in Stop.running.withLockIfAvailable({ $0 }) ?? [] { kill(pid, SIGTERM) }
        _exit(128 + number)
      }
    }
  }

  /// Ends it and waits until it is gone.
  static func now(_ process: Process) {
    process.terminate()
    process.waitUntilExit()
    let pid = process.processIdentifier
    running.withLock { $0.removeAll { $0 == pid } }
  }
}
