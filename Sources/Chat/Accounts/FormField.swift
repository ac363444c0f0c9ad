import Web

/// One labelled field of a form of the account pages, as `fragments/field` shows it.
struct FormField: Sendable {
  var name: String
  /// Where two forms of a page have the same name.
  var id: String?
  var label: Sentence
  let type: String
  let autocomplete: String
  /// Whether it has a button that shows the password.
  var isRevealable = false
  var hint: Sentence?
  var value = ""
  var error: Sentence?
  /// What helps where it is wrong.
  var way: Way?

  struct Way: Sendable {
    let words: Sentence
    let address: String
  }

  static let fullName = FormField(
    name: "fullName", label: Sentence("Full name"), type: "text", autocomplete: "name")
  static let email = FormField(name: "email", label: Sentence("Email"), type: "email", autocomplete: "email")
  static let newPassword = FormField(
    name: "password", label: Sentence("Password"), type: "password", autocomplete: "new-password",
    isRevealable: true, hint: Sentence("At least 8 characters."))
  static let password = FormField(
    name: "password", label: Sentence("Password"), type: "password", autocomplete: "current-password",
    isRevealable: true)

  /// Asked again of who is logged in. It shows itself to nobody.
  static let currentPassword = FormField(
    name: "password", label: Sentence("Current password"), type: "password", autocomplete: "current-password")

  func with(value: String = "", error: Sentence? = nil) -> FormField {
    var field = self
    field.value = value
    field.error = error
    return field
  }

  /// The fields of one form by name. At most one of them asks for the focus: the first that is wrong, or the first of all
  /// in a form that nobody has filled in yet.
  static func views(_ fields: [FormField], isNew: Bool = false) -> [String: (any Sendable)?] {
    let focused = fields.firstIndex { $0.error != nil } ?? (isNew ? fields.startIndex : nil)
    return fields.enumerated().reduce(into: [:]) { views, field in
      views[field.element.name] = field.element.view(isFocused: field.offset == focused)
    }
  }

  private func view(isFocused: Bool) -> View {
    // Where there is an error it says what the hint said.
    let hint = error == nil ? hint : nil
    let id = id ?? name
    let describedBy = [hint.map { _ in "\(id)-hint" }, error.map { _ in "\(id)-error" }]
    return View([
      "name": name, "id": id, "label": label, "type": type, "autocomplete": autocomplete, "value": value,
      "hint": hint, "error": error, "way": way.map { View(["words": $0.words, "address": $0.address]) },
      "describedBy": describedBy.contains { $0 != nil }
        ? describedBy.compactMap { $0 }.joined(separator: " ") : nil,
      "autofocus": isFocused,
      "plain": type != "text", "reveal": isRevealable,
    ])
  }
}
