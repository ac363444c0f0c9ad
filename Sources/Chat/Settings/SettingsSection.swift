import HTTPTypes
import Hummingbird
import Web

/// A part of the settings on its page: takes the part's forms and answers them.
struct SettingsSection<Part: SettingsPart>: Feature {
  let page: SettingsPage
  let part: Part

  static var routes: [Route<SettingsSection>] {
    Part.forms.map { form in
      .post(
        form.address, limit: form.limit, takes: form.takes, form: form.bytes, { $0.taking(form) },
        tooMany: tooMany)
    }
  }

  private func taking(
    _ form: SettingsForm<Part>
  ) -> (FormFields, Request, SignedInContext) async throws -> Response {
    { try await answer(form.save(part)($0, $2), to: $0, $1, $2) }
  }

  private func tooMany(
    _ fields: FormFields, _ seconds: Int, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    let sentence = Sentence(
      "That was a lot of changes. Wait {time}, then try again.", ["time": Wait(seconds).words])
    let refused = SettingsAnswer.refused(
      ["error": sentence], status: .tooManyRequests, headers: [.retryAfter: String(seconds)])
    return try await answer(refused, to: fields, request, context)
  }

  private func answer(
    _ answer: SettingsAnswer, to fields: FormFields, _ request: Request, _ context: SignedInContext
  ) async throws -> Response {
    switch answer {
    case .saved(var headers, let session, let address, let changesPage):
      let saved = "/settings?saved=\(Part.name)"
      guard request.wantsFragment else { return .seeOther(address ?? saved, headers: headers) }
      if changesPage { headers[.hxRedirect] = saved }
      return try await page.fragment(
        Part.self, to: request, for: session ?? context.session,
        notice: address == nil ? Part.saved : nil, headers: headers)
    case .refused(let values, let status, let headers):
      let answers = Part.typed(fields).merging(values) { $1 }
      guard request.wantsFragment else {
        return try await page.page(
          request, context, at: Part.place, part: Part.name, answers: answers, status: status,
          headers: headers)
      }
      return try await page.fragment(
        Part.self, to: request, for: context.session, answers: answers, status: status, headers: headers)
    case .other(let response): return response
    }
  }
}
