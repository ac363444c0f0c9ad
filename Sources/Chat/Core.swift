import Web

/// What features are built from: each is there once and shared by several of them.
struct Core: Sendable {
  let configuration: Configuration
  let limits: RateLimits
  let addresses: ClientAddress
  let database: ChatDatabase
  let layout: PageLayout
  let fragments: Fragments
  let hasher: PasswordHasher
  let check: PasswordCheck
  let signIn: SignIn
  let farewell: Farewell
  let uploads: Uploads
  let exports: Exports
  let deletions: Deletions
  let abandoned: AbandonedGroups
  let withdrawals: Withdrawals
  let board: PresenceBoard
  let hub: StreamHub
  let follower: LogFollower
  let marks: ReadMarks
  let pages: ChatPages

  var cookies: CookieJar { layout.cookies }
  var site: CurrentSite { layout.site }
  var registration: Registration {
    Registration(
      database: database, layout: layout, hasher: hasher, signIn: signIn, limit: limits[.signUps],
      addresses: addresses)
  }
  var gate: Gate { Gate(limits: limits, addresses: addresses, uploads: uploads) }
}
