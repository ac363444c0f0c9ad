import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The part of the settings that asks for the password, deletes the account, and takes that back as long as it can be.
struct DeletionForm: SettingsPart {
  static let name = "deletion-form"
  static let saved = Sentence("Your account stays. Nothing was deleted.")
  static let forms: [SettingsForm<DeletionForm>] = [
    .init(DeletionPage.address, takes: PasswordCheck.limits, ask),
    .init("/settings/deletion/undo", undo),
  ]

  let deletions: Deletions
  let check: PasswordCheck
  let farewell: Farewell
  let cookies: CookieJar

  static func load(of user: User.ID, at now: Milliseconds, in db: Database) throws -> Deletion? {
    try Deletion.find(user, in: db)
  }

  static func show(_ deletion: Deletion?, to session: Session) -> SettingsValues {
    let seconds = deletion?.secondsLeft
    return [
      "pending": deletion != nil,
      "undoable": seconds.map { $0 > 0 },
      "seconds": seconds,
      "left": seconds.map {
        Sentence(
          one: "Your account will be deleted in {count} second.",
          other: "Your account will be deleted in {count} seconds.", count: $0)
      },
    ]
  }

  static func typed(_ fields: FormFields) -> SettingsValues { ["keeps": keepsMessages(fields)] }

  private static func keepsMessages(_ fields: FormFields) -> Bool { fields["messages"] == "keep" }

  private func ask(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    let token = SessionToken()
    do {
      let checked = try await check.pass(fields["password"], context.session)
      let session = try await deletions.ask(
        context.session, checked, keepsMessages: Self.keepsMessages(fields), token: token)
      var headers = HTTPFields()
      headers[values: .setCookie] = [farewell.mark(session.user.id), Session.header(token, cookies)]
      return .saved(headers: headers, session: session, address: DeletionPage.address)
    } catch let refusal as PasswordCheck.Refusal {
      return .refused(["error": refusal.sentence], by: refusal)
    }
  }

  private func undo(_ fields: FormFields, _ context: SignedInContext) async throws -> SettingsAnswer {
    guard try await deletions.undo(context.session) else {
      return .other(.seeOther(DeletionPage.address))
    }
    return .saved(headers: [.setCookie: farewell.noMark])
  }
}

extension Deletion {
  /// In which it can be taken back.
  var secondsLeft: Int { max(0, Int((Double(dueAt - Date.now.milliseconds) / 1000).rounded(.up))) }
}
