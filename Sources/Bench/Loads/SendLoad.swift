import Foundation

/// The composer's form as our module sends it, a new message each time.
final class SendLoad {
  private let dataset: Dataset
  private let tokens: [String]
  private var count = 0

  init(dataset: Dataset) {
    self.dataset = dataset
    let users = dataset.size.users
    tokens = (0..<64).map { dataset.token(of: $0 % (users - 1) + 2) }
  }

  /// The sender is user 2 or one of the 63 after, who writes to the next of all.
  func request(by index: Int) -> Request {
    count += 1
    let users = dataset.size.users
    let sender = index % (users - 1) + 2
    let receiver = sender % users + 1
    return Self.message(
      "\(SampleText.message(count)) \(count)", to: "/people/\(receiver)/messages", token: tokens[index % 64])
  }

  /// The form with an image.
  static func picture(_ file: [UInt8]) -> (type: String, body: [UInt8]) {
    let head = [
      "--bench", "Content-Disposition: form-data; name=\"text\"", "", "", "--bench",
      "Content-Disposition: form-data; name=\"images\"; filename=\"a.png\"", "Content-Type: image/png", "",
      "",
    ].joined(separator: "\r\n")
    return ("multipart/form-data; boundary=bench", Array(head.utf8) + file + Array("\r\n--bench--\r\n".utf8))
  }

  static func message(_ text: String, to path: String, token: String) -> Request {
    let text = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    let body = Array("text=\(text)&clientId=\(UUID().uuidString)".utf8)
    return .post(path, token: token, ["HX-Request": "true"], body: body)
  }
}
