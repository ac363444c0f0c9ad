import Foundation
import HTTPTypes
import Hummingbird
import Web

/// `/signup`: makes an account and logs its owner in.
struct SignUp: Feature {
  static let routes: [Route<SignUp>] = [
    .get("/signup", page), .post("/signup", takes: [.signUps], form: 16 << 10, submit),
  ]

  let database: ChatDatabase
  let layout: PageLayout
  let hasher: PasswordHasher
  let signIn: SignIn
  let isOpen: Bool
  /// Taken by what could become an account.
  let limit: RateLimit?
  let addresses: ClientAddress
  let farewell: Farewell

  private func page(_ request: Request, _ context: ChatContext) async throws -> Response {
    let next = LocalPath(FormFields(query: request.uri.query)["next"])
    if context.session != nil { return .seeOther(next.text) }
    var answers = Answers(next: next)
    answers.isDeleted = try await farewell.isDue(to: request)
    return answer(request, answers, headers: answers.isDeleted ? farewell.headers(for: request) : [:])
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: ChatContext
  ) async throws -> Response {
    let next = LocalPath(FormFields(query: request.uri.query)["next"])
    guard isOpen else { return answer(request, Answers(next: next), status: .forbidden) }
    var answers = Answers(next: next, name: fields["fullName"], email: fields["email"])
    let name = answers.checked(\.nameError) { () throws(FullName.Refusal) in try FullName(fields["fullName"])
    }
    let email = answers.checked(\.emailError) { () throws(EmailAddress.Refusal) in
      try EmailAddress(fields["email"])
    }
    let password = answers.checked(\.passwordError) { () throws(Password.Refusal) in
      try Password(fields["password"], of: [name?.text, email?.text].compactMap { $0 })
    }
    guard let name, let email, let password else {
      return answer(request, answers, status: .unprocessableContent)
    }
    let network = ClientAddress.network(of: addresses.of(request, channel: context.channel))
    if let seconds = limit?.take(network) { return tooMany(request, answers, seconds: seconds) }
    do {
      let hash = try await hasher.hash(password.text, for: .stranger(network: network))
      let now = Date.now.milliseconds
      let user = try await database.writer.write {
        try User.create(name: name, email: email, hash: hash, at: now, in: $0)
      }
      return try await signIn.response(to: request, context, as: user, next: next)
    } catch is EmailAddress.Refusal {
      answers.emailError = EmailAddress.Refusal.taken.sentence
      answers.isTaken = true
      return answer(request, answers, status: .unprocessableContent)
    } catch is PasswordHasher.Busy {
      return tooMany(request, answers, seconds: 5)
    }
  }

  private struct Answers {
    var next: LocalPath
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

  private func tooMany(_ request: Request, _ answers: Answers, seconds: Int) -> Response {
    var answers = answers
    answers.alert = Sentence(
      "A lot of people are signing up at the moment. Try again in {time}.", ["time": Wait(seconds).words])
    return answer(
      request, answers, status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
  }

  private func answer(
    _ request: Request, _ answers: Answers, status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
  ) -> Response {
    let logIn = answers.next.query(of: "/login")
    var email = FormField.email.with(value: answers.email, error: answers.emailError)
    email.way = answers.isTaken ? .init(words: Sentence("Log in instead"), address: logIn) : nil
    let fields = FormField.views(
      [
        .fullName.with(value: answers.name, error: answers.nameError), email,
        .newPassword.with(error: answers.passwordError),
      ], isNew: status == .ok)
    let values: [String: (any Sendable)?] = [
      "action": answers.next.query(of: "/signup"),
      "loginAddress": logIn,
      "closed": !isOpen,
      "alert": answers.alert,
      "deleted": answers.isDeleted,
    ].merging(fields) { $1 }
    if request.wantsFragment, request.method == .post {
      return layout.fragment(
        "fragments/signup-form", to: request, status: status, headers: headers, values: values)
    }
    return layout.response(
      "pages/signup", to: request, title: Sentence("Create an account"), status: status, headers: headers,
      values: values)
  }
}
