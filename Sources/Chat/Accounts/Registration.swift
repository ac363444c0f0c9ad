import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import Web

/// The form that makes an account and logs its person in, on whichever page it stands.
struct Registration: Sendable {
  static let formBytes = 16 << 10

  let database: ChatDatabase
  let layout: PageLayout
  let hasher: PasswordHasher
  let signIn: SignIn
  /// Taken by what could become an account.
  let limit: RateLimit?
  let addresses: ClientAddress

  /// What leads to an account: a page, and whether it may be made.
  struct Door: Sendable {
    /// Where the form is posted to.
    let address: String
    /// Where who comes in goes next.
    let next: LocalPath
    /// Where who has an account and logs in goes; nil for the same.
    var logIn: LocalPath?
    var heading = Sentence("Create an account")
    var lead = Sentence("Then find your people and write to them.")
    /// Stands in the form from the start.
    var email = ""
    /// Decides in the write that makes the account, and does what goes with it.
    /// - Throws: ``Closed``.
    let admit: @Sendable (User.ID, Database) throws -> Void
  }

  /// Nobody comes in here, or not any more.
  struct Closed: Error {
    let sentence: Sentence
    var status = HTTPResponse.Status.forbidden
  }

  /// - Parameter isDeleted: whether the browser's person has just deleted their account.
  func page(
    _ door: Door, _ request: Request, isDeleted: Bool = false, headers: HTTPFields = [:]
  ) -> Response {
    var answers = Answers(email: door.email)
    answers.isDeleted = isDeleted
    return answer(request, door, answers, headers: headers)
  }

  /// The page in place of the form.
  func page(
    _ closed: Closed, next: LocalPath, _ request: Request, isDeleted: Bool = false,
    status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    if request.wantsFragment, request.method == .post {
      let text = layout.language(of: request).text(closed.sentence)
      return .html("<p>\(htmlEscaped(text))</p>\n", status: status, headers: headers)
    }
    let values: [String: (any Sendable)?] = [
      "closed": closed.sentence, "lead": nil, "loginAddress": next.query(of: "/login"), "action": nil,
      "alert": nil, "deleted": isDeleted, "fullName": nil, "email": nil, "password": nil,
    ]
    return layout.response(
      "pages/signup", to: request, title: Sentence("Create an account"), status: status, headers: headers,
      values: values)
  }

  func submit(
    _ fields: FormFields, _ request: Request, _ context: ChatContext, through door: Door
  ) async throws -> Response {
    var answers = Answers(name: fields["fullName"], email: fields["email"])
    let name = answers.checked(\.nameError) { () throws(FullName.Refusal) in try FullName(fields["fullName"])
    }
    let email = answers.checked(\.emailError) { () throws(EmailAddress.Refusal) in
      try EmailAddress(fields["email"])
    }
    let password = answers.checked(\.passwordError) { () throws(Password.Refusal) in
      try Password(fields["password"], of: [name?.text, email?.text].compactMap { $0 })
    }
    guard let name, let email, let password else {
      return answer(request, door, answers, status: .unprocessableContent)
    }
    let network = ClientAddress.network(of: addresses.of(request, channel: context.channel))
    if let seconds = limit?.take(network) { return tooMany(request, door, answers, seconds: seconds) }
    do {
      let hash = try await hasher.hash(password.text, for: .stranger(network: network))
      let now = Date.now.milliseconds
      let user = try await database.writer.write { db in
        let user = try User.create(name: name, email: email, hash: hash, at: now, in: db)
        try door.admit(user, db)
        return user
      }
      return try await signIn.response(to: request, context, as: user, next: door.next)
    } catch is EmailAddress.Refusal {
      answers.emailError = EmailAddress.Refusal.taken.sentence
      answers.isTaken = true
      return answer(request, door, answers, status: .unprocessableContent)
    } catch let closed as Closed {
      return page(closed, next: door.next, request, status: closed.status)
    } catch is PasswordHasher.Busy {
      return tooMany(request, door, answers, seconds: 5)
    }
  }

  private struct Answers {
    var name = ""
    var email = ""
    var alert: Sentence?
    /// The browser's person has just deleted their account.
    var isDeleted = false
    var nameError: Sentence?
    var emailError: Sentence?
    /// The email is that of an account, perhaps of who signs up.
    var isTaken = false
    var passwordError: Sentence?

    mutating func checked<Value, Refusal: SentenceError>(
      _ field: WritableKeyPath<Answers, Sentence?>, _ make: () throws(Refusal) -> Value
    ) -> Value? {
      do { return try make() } catch {
        self[keyPath: field] = error.sentence
        return nil
      }
    }
  }

  private func tooMany(_ request: Request, _ door: Door, _ answers: Answers, seconds: Int) -> Response {
    var answers = answers
    answers.alert = Sentence(
      "A lot of people are signing up at the moment. Try again in {time}.", ["time": Wait(seconds).words])
    return answer(
      request, door, answers, status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  private func answer(
    _ request: Request, _ door: Door, _ answers: Answers, status: HTTPResponse.Status = .ok,
    headers: HTTPFields = [:]
  ) -> Response {
    let logIn = (door.logIn ?? door.next).query(of: "/login")
    var email = FormField.email.with(value: answers.email, error: answers.emailError)
    email.way = answers.isTaken ? .init(words: Sentence("Log in instead"), address: logIn) : nil
    let fields = FormField.views(
      [
        .fullName.with(value: answers.name, error: answers.nameError), email,
        .newPassword.with(error: answers.passwordError),
      ], isNew: status == .ok)
    let values: [String: (any Sendable)?] = [
      "action": door.address,
      "lead": door.lead,
      "loginAddress": logIn,
      "closed": nil,
      "alert": answers.alert,
      "deleted": answers.isDeleted,
    ].merging(fields) { $1 }
    if request.wantsFragment, request.method == .post {
      return layout.fragment(
        "fragments/signup-form", to: request, status: status, headers: headers, values: values)
    }
    return layout.response(
      "pages/signup", to: request, title: door.heading, status: status, headers: headers, values: values)
  }
}
