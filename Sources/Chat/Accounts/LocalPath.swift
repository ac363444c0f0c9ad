import Web

/// A path of this site to go to next. Anything else that is asked for becomes `/`.
struct LocalPath: Sendable {
  let text: String

  init(_ text: String) {
    let isLocal =
      text.hasPrefix("/") && !text.hasPrefix("//")
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    let path = text.prefix { $0 != "?" && $0 != "#" }
    self.text = isLocal && !["/login", "/signup", "/logout"].contains(String(path)) ? text : "/"
  }

  /// `address` with this path as its `next`.
  func query(of address: String) -> String {
    guard text != "/" else { return address }
    return address + "?next=" + URLQuery.encoded(text)
  }
}
