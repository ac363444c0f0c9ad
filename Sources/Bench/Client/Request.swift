import Foundation

/// The bytes of HTTP/1.1 requests.
struct Request: Sendable {
  let bytes: [UInt8]

  static func get(_ path: String, token: String? = nil, _ fields: [String: String] = [:]) -> Request {
    Request(bytes: Array((head("GET", path, token, fields) + "\r\n").utf8))
  }

  /// An event stream.
  static func events(token: String? = nil) -> Request {
    .get("/events", token: token, ["Accept": "text/event-stream"])
  }

  static func post(
    _ path: String, token: String? = nil, type: String = "application/x-www-form-urlencoded",
    _ fields: [String: String] = [:], body: [UInt8]
  ) -> Request {
    var fields = fields
    fields["Content-Type"] = type
    fields["Content-Length"] = String(body.count)
    return Request(bytes: Array((head("POST", path, token, fields) + "\r\n").utf8) + body)
  }

  private static func head(
    _ method: String, _ path: String, _ token: String?, _ fields: [String: String]
  ) -> String {
    var text = "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    if let token { text += "Cookie: nextalk_session=\(token)\r\n" }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) { text += "\(name): \(value)\r\n" }
    return text
  }
}
