/// A page that is measured.
struct Page {
  let name: String
  let path: String
  let token: String?

  func request(_ fields: [String: String] = [:]) -> Request { .get(path, token: token, fields) }

  /// As the viewer of a dataset sees it.
  static func all(of data: Dataset) -> [Page] {
    let token = data.token(of: data.viewer)
    let conversation = "/conversations/\(data.conversation)"
    return [
      Page(name: "conversation", path: conversation, token: token),
      Page(name: "older page", path: "\(conversation)?before=\(data.olderPage)", token: token),
      Page(name: "sidebar", path: "/", token: token),
      Page(name: "search of people", path: "/?find=mara%20l", token: token),
      Page(name: "log-in page", path: "/login", token: nil),
    ]
  }
}
