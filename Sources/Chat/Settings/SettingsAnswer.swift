import HTTPTypes
import Hummingbird

/// What became of a form of the settings.
enum SettingsAnswer: Sendable {
  /// Modules get the part as it is now, other browsers are led to the page, which says so.
  /// - Parameters:
  ///   - headers: such as a cookie.
  ///   - session: the one that stands now in the place of the one that asked.
  ///   - address: where else to lead to.
  ///   - changesPage: whether more of the page is another than the part, so that modules load it again.
  case saved(
    headers: HTTPFields = [:], session: Session? = nil, address: String? = nil, changesPage: Bool = false)
  /// - Parameter values: laid over what was typed: the sentence at its field.
  case refused(
    SettingsValues, status: HTTPResponse.Status = .unprocessableContent, headers: HTTPFields = [:])
  /// Something else than the part or the page.
  case other(Response)

  static func refused(_ values: SettingsValues, by refusal: PasswordCheck.Refusal) -> SettingsAnswer {
    .refused(values, status: refusal.status, headers: refusal.headers)
  }
}
