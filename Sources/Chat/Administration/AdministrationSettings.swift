import GRDB
import HTTPTypes
import Hummingbird
import Web

/// `/administration/settings`: what the chat is called, who may come in, and the address that people type.
struct AdministrationSettings: Feature {
  static let routes: [Route<AdministrationSettings>] = [
    .get("/administration", overview),
    .get("/administration/settings", page),
    .post("/administration/settings", limit: .administration, form: 4 << 10, submit),
  ]
  static let path = "/administration/settings"
  /// Where an owner is led who has just made their account.
  static let firstPath = LocalPath(path + "?first")

  let database: ChatDatabase
  let layout: PageLayout
  let configuration: Configuration

  private var current: CurrentSite { layout.site }

  private func overview(_ request: Request, _ context: AdministratorContext) async throws -> Response {
    .seeOther(Self.path)
  }

  private func page(_ request: Request, _ context: AdministratorContext) async throws -> Response {
    let query = FormFields(query: request.uri.query)
    var typed = Typed(current.site)
    // Filled in with the one in use, for whoever has not said.
    if current.site.address == nil, query.contains("first") { typed.address = address(in: request) }
    return try await answer(
      typed, request, context, isFirst: query.contains("first"),
      notice: query.contains("saved") ? Sentence("Saved.") : nil)
  }

  private func submit(
    _ fields: FormFields, _ request: Request, _ context: AdministratorContext
  ) async throws -> Response {
    var typed = Typed(
      name: fields["name"], admission: Admission.offered.first { $0.rawValue == fields["admission"] },
      address: fields["address"])
    let name = typed.checked(\.nameError) { () throws(SiteName.TooLong) in try SiteName(fields["name"]) }
    let address = typed.checked(\.addressError) { () throws(SiteAddress.Refusal) in
      try SiteAddress(fields["address"])
    }
    // Where the server's own option decides there is nothing to choose.
    let admission = configuration.signup == nil ? typed.admission : current.site.admission
    if configuration.signup == nil, admission == nil {
      typed.admissionError = Sentence("Choose who may come in.")
    }
    guard let name, let address, typed.admissionError == nil else {
      return try await answer(typed, request, context, status: .unprocessableContent)
    }
    let site = Site(name: name.text, admission: admission, address: address.text)
    let user = context.viewer.id
    _ = try await database.write(as: context.session) { db in
      try site.save(by: user, in: db)
      return site
    } committed: { [current] in
      current.take($0)
    }
    return request.wantsFragment ? .moduleRedirect(to: Self.path + "?saved") : .seeOther(Self.path + "?saved")
  }

  /// The address in use, as far as the server can tell.
  private func address(in request: Request) -> String {
    let scheme = configuration.isHTTPS ? "https" : "http"
    return InvitationAddress(configuration, current, request).text
      ?? request.head.authority.map { "\(scheme)://\($0)" } ?? ""
  }

  private struct Typed {
    var name: String
    var admission: Admission?
    var address: String
    var nameError: Sentence?
    var admissionError: Sentence?
    var addressError: Sentence?

    init(name: String, admission: Admission?, address: String) {
      (self.name, self.admission, self.address) = (name, admission, address)
    }

    init(_ site: Site) { self.init(name: site.name, admission: site.admission, address: site.address ?? "") }

    mutating func checked<Value, Refusal: SentenceError>(
      _ field: WritableKeyPath<Typed, Sentence?>, _ make: () throws(Refusal) -> Value
    ) -> Value? {
      do { return try make() } catch {
        self[keyPath: field] = error.sentence
        return nil
      }
    }
  }

  private func answer(
    _ typed: Typed, _ request: Request, _ context: AdministratorContext, isFirst: Bool = false,
    notice: Sentence? = nil, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let user = context.viewer.id
    let event = try await database.read { try Event.newest(visibleTo: user, in: $0) }
    let values: [String: (any Sendable)?] = [
      "administration": true, "first": isFirst, "saved": notice,
      "name": typed.name, "nameError": typed.nameError,
      "choices": Admission.offered.map { each in
        View(["value": each.rawValue, "label": each.label, "checked": each == typed.admission])
      },
      "given": configuration.signup?.label, "admissionError": typed.admissionError,
      "address": typed.address, "addressError": typed.addressError,
      "publicURL": configuration.publicURL,
    ]
    if request.wantsFragment, request.method == .post {
      return layout.fragment("fragments/site-form", to: request, status: status, values: values)
    }
    return layout.response(
      "pages/administration", to: request, title: Sentence("Administration"),
      viewer: .init(context.session, event: event), status: status, headers: [.cacheControl: "no-store"],
      values: values)
  }
}
