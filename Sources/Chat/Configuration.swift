import Foundation
import Web

/// How this server is set up.
public struct Configuration: Sendable {
  public var listener: Listener
  /// The folder with `nextalk.sqlite`; made with mode 0700 if there is none.
  public var dataFolder: URL
  /// The folder with `Templates` and `Public`.
  public var resources: URL
  /// The address that people type, where a proxy stands in front, without a slash at the end.
  public var publicURL: String?
  public var trustedProxies: [String]
  public var hasRateLimits: Bool
  /// Who may come in; nil for what the owner chooses.
  public var signup: Admission?
  /// The most bytes that one person may have in use.
  public var uploadQuota: Int64
  /// How much of the disk uploads leave free.
  public var diskReserve: DiskRoom.Reserve
  /// How many milliseconds the deletion of an account can be undone.
  public var deletionDelay: Int64
  /// How many milliseconds a person stays online after the last page of theirs is gone.
  public var presenceGrace: Int64 = 10_000
  /// Whom browsers are told to reach over HTTPS alone, where it serves that.
  public var strictTransport: StrictTransport
  /// What hashing a password costs: less for tests of other things.
  var passwordCost = PasswordHash.current
  /// Is told every SQL statement as it begins: for tests of how SQLite finds what is asked for.
  var statementTrace: (@Sendable (String) -> Void)?
  /// Is told every template that is rendered: for tests of what each is given.
  var templateTrace: (@Sendable (String, View) -> Void)?

  public init(
    listener: Listener, dataFolder: URL, resources: URL, publicURL: String?, trustedProxies: [String],
    hasRateLimits: Bool, signup: Admission? = nil, uploadQuota: Int64 = 1 << 30,
    diskReserve: DiskRoom.Reserve = .usual,
    deletionDelay: Int64 = 10_000, strictTransport: StrictTransport = .host
  ) {
    self.listener = listener
    self.dataFolder = dataFolder
    self.resources = resources
    self.publicURL = publicURL
    self.trustedProxies = trustedProxies
    self.hasRateLimits = hasRateLimits
    self.signup = signup
    self.uploadQuota = uploadQuota
    self.diskReserve = diskReserve
    self.deletionDelay = deletionDelay
    self.strictTransport = strictTransport
  }

  var isHTTPS: Bool { publicURL.map { Origin($0)?.scheme == "https" } ?? (listener.tls != nil) }
}
