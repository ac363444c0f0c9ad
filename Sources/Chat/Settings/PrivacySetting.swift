import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `POST /settings/privacy`
struct PrivacySetting: Sendable {
  let database: ChatDatabase
  let page: SettingsPage
  let follower: LogFollower
  let limit: RateLimit?

  func submit(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let fields = try await request.form(limit: 4 * 1024)
    let viewer = context.viewer.id
    if let seconds = limit?.take(String(viewer)) {
      return try await page.tooMany(.privacy, request, context, seconds: seconds)
    }
    // What means neither yes nor no hides nobody and shows nobody.
    guard ["", "1"].contains(fields["presence"]) else {
      return try await page.refused(.privacy, request, context, ["error": "Tick the box or leave it empty."])
    }
    let privacy = Privacy(showsPresence: fields["presence"] == "1")
    let now = Date.now.milliseconds
    let event = try await database.write(as: context.session) {
      try privacy.save(of: viewer, at: now, in: $0)
    }
    // From then on it holds everywhere.
    await follower.reach(event)
    return try await page.saved(.privacy, request, context)
  }
}

extension Privacy {
  /// What the form shows.
  var choice: [String: (any Sendable)?] { ["presence": showsPresence] }
}
