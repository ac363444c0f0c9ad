import Foundation
import Synchronization

/// Ends the programs that the bench started and removes its folders, also when it is itself told to end.
enum Stop {
  private struct Held {
    var programs: [pid_t] = []
    var folders: [URL] = []
  }

  private static let held = Mutex(Held())
  /// A signal's handler may do little more than write: a thread that reads does the rest.
  private static let bell: (reading: CInt, writing: CInt) = {
    var ends: [CInt] = [-1, -1]
    _ = pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }()
  /// How long programs have to end, in steps of 50 ms.
  private static let steps = 100

  private static let watch: Void = {
    let ringing = bell.reading
    Thread.detachNewThread {
      var number: UInt8 = 0
      if read(ringing, &number, 1) == 1 { end(status: 128 + CInt(number)) }
    }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        write(Stop.bell.writing, &byte, 1)
      }
    }
  }()

  /// Remembers a process, to be ended with this one.
  static func atSignal(_ process: Process) {
    watch
    let pid = process.processIdentifier
    held.withLock { $0.programs.append(pid) }
  }

  /// Remembers a folder, to be removed at the end.
  static func atSignal(_ folder: URL) {
    watch
    held.withLock { $0.folders.append(folder) }
  }

  /// Ends it and waits until it is gone.
  static func now(_ process: Process) {
    process.terminate()
    process.waitUntilExit()
    let pid = process.processIdentifier
    held.withLock { $0.programs.removeAll { $0 == pid } }
  }

  private static func end(status: CInt) {
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    // Never given back: nothing is begun any more, and nobody else removes the same folder.
    held.withLock { held in
      for pid in held.programs { kill(pid, SIGTERM) }
      for _ in 0..<steps where held.programs.contains(where: { kill($0, 0) == 0 }) { usleep(50_000) }
      for pid in held.programs { kill(pid, SIGKILL) }
      for folder in held.folders { try? FileManager.default.removeItem(at: folder) }
      fflush(nil)
      _exit(status)
    }
  }
}
