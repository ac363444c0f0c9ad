import Foundation

/// How much of a disk files may still take, where some of it is kept for what matters more (statvfs(3)).
public struct DiskRoom: Sendable {
  /// How many bytes stay free.
  public enum Reserve: Sendable, Equatable {
    /// The larger of 256 MB and five percent of the disk.
    case usual
    case bytes(Int64)
  }

  private let folder: String
  private let reserve: Reserve

  public init(folder: URL, reserve: Reserve) {
    self.folder = folder.path
    self.reserve = reserve
  }

  /// Whether so many bytes more leave the reserve free. Also where the disk does not say. Blocks for some
  /// microseconds.
  public func has(_ count: Int) -> Bool {
    var disk = statvfs()
    guard statvfs(folder, &disk) == 0 else { return true }
    let unit = Double(disk.f_frsize)
    let kept =
      switch reserve {
      case .usual: max(256e6, Double(disk.f_blocks) * unit * 0.05)
      case .bytes(let bytes): Double(bytes)
      }
    return Double(disk.f_bavail) * unit - Double(count) >= kept
  }
}
