import Foundation

/// The limit of open files, of which every stream takes one here and one in the server.
enum OpenFiles {
  /// Raises it to `wanted` or, where that is not allowed, as far as it is.
  static func raiseLimit(to wanted: Int) {
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return }
    var higher = limit
    higher.rlim_max = max(limit.rlim_max, rlim_t(wanted))
    higher.rlim_cur = higher.rlim_max
    if setrlimit(resource, &higher) != 0 {
      limit.rlim_cur = limit.rlim_max
      setrlimit(resource, &limit)
    }
  }
}
