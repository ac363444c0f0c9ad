import GRDB
import Web

/// A part of `/settings`, in its feature's folder: what it loads, shows and exports, and the forms that save it. The
/// page, its answers and the limits are ``SettingsPage``'s and ``SettingsSection``'s.
protocol SettingsPart: Sendable {
  /// What it shows, as it stands in the database.
  associatedtype Content: Sendable

  /// Names its section in the page, its fragment and `?saved=`.
  static var name: String { get }
  /// What the notice says once it is done.
  static var saved: Sentence { get }
  static var place: SettingsPlace { get }
  static var forms: [SettingsForm<Self>] { get }

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Content

  /// The values of its fragment.
  static func show(_ content: Content, to session: Session) -> SettingsValues

  /// What a person typed, to be shown again where it was not saved: laid over what the part shows. Never a password.
  static func typed(_ fields: FormFields) -> SettingsValues

  /// What of it goes into the download of a person's data.
  static func export(_ content: Content) -> [ExportedSetting]
}

extension SettingsPart {
  static var place: SettingsPlace { .settings }

  static func typed(_ fields: FormFields) -> SettingsValues { [:] }

  static func export(_ content: Content) -> [ExportedSetting] { [] }

  /// Reads it.
  /// - Returns: what makes the values of its fragment, which needs the database no longer.
  static func loaded(
    for session: Session, at now: Milliseconds, in db: Database
  ) throws -> @Sendable () -> SettingsValues {
    let content = try load(of: session.user.id, at: now, in: db)
    // What any form of it may be refused with.
    return { ["error": nil].merging(show(content, to: session)) { $1 } }
  }

  static func exported(of user: User.ID, at now: Milliseconds, in db: Database) throws -> [ExportedSetting] {
    export(try load(of: user, at: now, in: db))
  }
}

typealias SettingsValues = [String: (any Sendable)?]
