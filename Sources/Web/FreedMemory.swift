import CMalloc
import NIOPosix

/// Memory that was freed and that the C library keeps for later.
public enum FreedMemory {
  /// Gives it back to the system (malloc_trim(3)), which takes some milliseconds on a thread for such work.
  public static func giveBack() async {
    _ = try? await NIOThreadPool.singleton.runIfActive { malloc_trim(0) }
  }
}
