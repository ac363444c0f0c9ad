import Web

/// One labelled field of a form of the account pages, as `fragments/field` shows it.
struct FormField: Sendable {
  var name: String
  /// Where two forms of a page have the same name.
  var id: String?
  var label: Sentence
  let type: String
  let autocomplete: String
  var hint: Sentence?
  var value = ""
  var error: Sentence?

  static let fullName = FormField(
    name: "fullName", label: Sentence("Full name"), type: "text", autocomplete: "name")
  static let email = FormField(name: "email", label: Sentence("Email"), type: "email", autocomplete: "email")
  static let newPassword = FormField(
    name: "password", label: Sentence("Password"), type: "password", autocomplete: "new-password",
    hint: Sentence("At least 8 characters."))
  static let password = FormField(
    name: "password", label: Sentence("Password"), type: "password", autocomplete: "current-password")

  /// Asked again of who is logged in. It shows itself to nobody.
  static let currentPassword = FormField(
    name: "password", label: Sentence("Current password"), type: "password", autocomplete: "current-password")

  func with(value: String = "", error: Sentence? = nil) -> FormField {
    var field = self
    field.value = value
    field.error = error
    return field
  }

  /// - Parameter reveals: whether it has a button that shows the password, which the module of the account pages does.
  func view(isFirst: Bool = false, reveals: Bool = true) -> View {
    // Where there is an error it says what the hint said.
    let hint = error == nil ? hint : nil
    let id = id ?? name
    let describedBy = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }]
    return View([
      "name": name, "id": id, "label": label, "type": type, "autocomplete": autocomplete, "value": value,
      "hint": hint, "error": error,
      "describedBy": describedBy.contains { $0 != nil }
        ? describedBy.compactMap { $0 }.joined(separator: " ") : nil,
      "autofocus": error != nil || isFirst,
      "plain": type != "text", "reveal": reveals && type == "password",
    ])
  }
}
