import Synchronization
import Web

/// What is on its way to the server, by whose it is: it counts against the sender's room as it arrives, not when it
/// is done, and no one person has all of the server's hands. Thread-safe.
final class UploadLedger: Sendable {
  /// The most uploads of one person at once.
  static let maximumUploads = 8

  private struct Account {
    var uploads = 0
    /// Of all uploads that are under way.
    var bytes: Int64 = 0
    /// What the person had used when the first of them began, and what the others have added since.
    var used: Int64
  }

  private let quota: Int64
  private let maximumUploads: Int
  private let accounts = Mutex<[User.ID: Account]>([:])

  /// - Parameter isBounded: false where a person can have any number of uploads at once.
  init(quota: Int64, isBounded: Bool = true) {
    self.quota = quota
    maximumUploads = isBounded ? Self.maximumUploads : .max
  }

  /// - Parameter used: the bytes that the person has in use.
  func begin(_ user: User.ID, used: Int64) -> Upload {
    let isOneTooMany = accounts.withLock { accounts in
      var account = accounts[user] ?? Account(used: used)
      account.used = max(account.used, used)
      defer { accounts[user] = account }
      account.uploads += 1
      return account.uploads > maximumUploads
    }
    return Upload(ledger: self, user: user, isOneTooMany: isOneTooMany)
  }

  /// One form that brings files.
  final class Upload: Sendable {
    private let ledger: UploadLedger
    private let user: User.ID
    private let isOneTooMany: Bool
    private let bytes = Mutex<Int64>(0)

    fileprivate init(ledger: UploadLedger, user: User.ID, isOneTooMany: Bool) {
      self.ledger = ledger
      self.user = user
      self.isOneTooMany = isOneTooMany
    }

    /// Asked before each piece of a file is stored.
    /// - Returns: why it is not to be.
    func stop(_ count: Int) -> FormFields.Stop? {
      if isOneTooMany { return .tooManyUploads }
      bytes.withLock { $0 += Int64(count) }
      return ledger.add(Int64(count), of: user) ? nil : .quotaReached
    }

    /// When its files have a row or are gone.
    func end() { ledger.end(user, bytes.withLock { $0 }) }
  }

  private func add(_ count: Int64, of user: User.ID) -> Bool {
    accounts.withLock { accounts in
      guard var account = accounts[user] else { return false }
      account.bytes += count
      accounts[user] = account
      return account.used + account.bytes <= quota
    }
  }

  /// Until the last one has ended, what one brought counts as used: whether all of it stayed is read anew then.
  private func end(_ user: User.ID, _ count: Int64) {
    accounts.withLock { accounts in
      guard var account = accounts[user] else { return }
      account.uploads -= 1
      account.bytes -= count
      account.used += count
      accounts[user] = account.uploads > 0 ? account : nil
    }
  }
}
