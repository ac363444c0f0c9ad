import HTTPTypes

/// The list of features, each with how it is built from the core. Their routes together are the URL map: a new
/// feature is its folder and a line here.
enum Features {
  static let all: [FeatureEntry] = [
    .init(SignUp.self) {
      SignUp(
        database: $0.database, registration: $0.registration, site: $0.site,
        firstHour: FirstHour(configuration: $0.configuration, addresses: $0.addresses), farewell: $0.farewell)
    },
    .init(SetupPage.self) { SetupPage(database: $0.database, registration: $0.registration) },
    .init(AdministrationSettings.self) {
      AdministrationSettings(database: $0.database, layout: $0.layout, configuration: $0.configuration)
    },
    .init(LogIn.self) {
      LogIn(
        database: $0.database, layout: $0.layout, hasher: $0.hasher, signIn: $0.signIn,
        site: $0.site, limits: $0.limits, addresses: $0.addresses,
        farewell: $0.farewell)
    },
    .init(SignIn.self) { $0.signIn },
    .init(ChatPages.self) { $0.pages },
    .init(NewGroupPage.self) {
      NewGroupPage(database: $0.database, layout: $0.layout, uploads: $0.uploads, board: $0.board)
    },
    .init(OpenGroups.self) { OpenGroups(database: $0.database, layout: $0.layout, abandoned: $0.abandoned) },
    .init(Details.self) {
      Details(
        database: $0.database, layout: $0.layout, uploads: $0.uploads, board: $0.board,
        list: ListBeside(layout: $0.layout, board: $0.board, fragments: $0.fragments), marks: $0.marks,
        online: $0.pages.members, abandoned: $0.abandoned)
    },
    .init(Sending.self) {
      Sending(
        database: $0.database, pages: $0.pages, board: $0.board, fragments: $0.fragments, uploads: $0.uploads)
    },
    .init(MessagePages.self) {
      MessagePages(database: $0.database, layout: $0.layout, marks: $0.marks, fragments: $0.fragments)
    },
    .init(MessageActs.self) {
      MessageActs(
        database: $0.database, layout: $0.layout, fragments: $0.fragments, marks: $0.marks,
        withdrawals: $0.withdrawals)
    },
    .init(Typing.self) { Typing(database: $0.database, hub: $0.hub) },
    .init(Reading.self) { Reading(database: $0.database, marks: $0.marks) },
    .init(Profile.self) { Profile(database: $0.database, layout: $0.layout, uploads: $0.uploads) },
    .init(settings: settings),
    .init(ShortcutsPage.self) { ShortcutsPage(database: $0.database, layout: $0.layout) },
    .init(DataPage.self) {
      DataPage(
        database: $0.database, layout: $0.layout, uploads: $0.uploads, exports: $0.exports,
        settings: settings.map(\.part), limit: $0.limits[.downloads])
    },
    .init(DeletionPage.self) { DeletionPage(database: $0.database, layout: $0.layout) },
    .init(UploadsRoute.self) { UploadsRoute(database: $0.database, uploads: $0.uploads) },
    .init(EventsRoute.self) {
      EventsRoute(
        hub: $0.hub, board: $0.board, marks: $0.marks, database: $0.database, fragments: $0.fragments,
        addresses: $0.addresses, version: $0.layout.version,
        streams: $0.limits.caps.streamsOfAddress, replays: $0.limits.caps.replaysOfSession)
    },
    .init(Health.self) { Health(database: $0.database) },
    .init(AssetsRoute.self) { AssetsRoute(assets: $0.layout.assets) },
  ]

  /// The parts of the settings, in the order in which a download lists what was chosen.
  static let settings: [SettingsEntry] = [
    .init(ThemeSetting.self) { ThemeSetting(database: $0.database, cookies: $0.cookies) },
    .init(EmailChange.self) { EmailChange(database: $0.database, check: $0.check) },
    .init(PasswordChange.self) {
      PasswordChange(database: $0.database, check: $0.check, hasher: $0.hasher, cookies: $0.cookies)
    },
    .init(SessionList.self) { SessionList(database: $0.database, check: $0.check, cookies: $0.cookies) },
    .init(PrivacySetting.self) { PrivacySetting(database: $0.database, follower: $0.follower) },
    .init(ClockSetting.self) { ClockSetting(database: $0.database) },
    .init(DeletionForm.self) {
      DeletionForm(deletions: $0.deletions, check: $0.check, farewell: $0.farewell, cookies: $0.cookies)
    },
  ]

  /// The whole URL map.
  static let lines = all.flatMap(\.lines)
}
