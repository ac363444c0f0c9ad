import Foundation
import GRDB

/// What a download will hold, but for the messages: those are read while it is written.
struct ExportPlan: Sendable {
  let profile: User.Profile
  /// The viewer's profile picture.
  let picture: Attachment?
  let theme: Theme
  let clock: Clock
  let settings: [ExportedSetting]
  let conversations: [ExportedConversation]
  let madeAt: Milliseconds

  var amount: ExportAmount { conversations.reduce(ExportAmount()) { $0 + $1.amount } }

  /// Reads one conversation at a time, so that no read lasts.
  /// - Parameter parts: the parts of the settings, which tell what was chosen.
  /// - Throws: ``ChatError/notFound`` when the viewer is gone.
  static func load(
    of viewer: User.ID, settings parts: [any SettingsPart.Type], from database: ChatDatabase
  ) async throws -> ExportPlan {
    let now = Date.now.milliseconds
    let (profile, picture, theme, clock, settings, ids) = try await database.read { db in
      let profile = try User.profile(viewer, in: db)
      let picture = try profile?.user.picture.flatMap { try Attachment.find($0, visibleTo: viewer, in: db) }
      return (
        profile, picture, try User.theme(of: viewer, in: db), try Clock.of(viewer, in: db),
        try parts.flatMap { try $0.exported(of: viewer, at: now, in: db) },
        try ExportedConversation.ids(of: viewer, in: db)
      )
    }
    guard let profile else { throw ChatError.notFound }
    var conversations: [ExportedConversation] = []
    for id in ids {
      let found = try await database.read { try ExportedConversation.find(id, of: viewer, in: $0) }
      if let found { conversations.append(found) }
    }
    return ExportPlan(
      profile: profile, picture: picture, theme: theme, clock: clock, settings: settings,
      conversations: conversations,
      madeAt: Date.now.milliseconds)
  }

  /// `nextalk-data-2026-11-22`, the folder that all files are in.
  var folder: String { "nextalk-data-\(Timestamp(madeAt, clock).day)" }
}
