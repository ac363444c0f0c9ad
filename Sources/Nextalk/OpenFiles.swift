import Foundation

/// The limit of open files, of which every connection takes one.
enum OpenFiles {
  /// Raises the soft limit to the hard one (getrlimit(2)).
  /// - Returns: the limit now in force.
  static func raiseLimit() -> Int {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(resource, &limit) == 0 else { return 1_024 }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(resource, &limit)
    _ = getrlimit(resource, &limit)
    return Int(clamping: limit.rlim_cur)
  }
}
