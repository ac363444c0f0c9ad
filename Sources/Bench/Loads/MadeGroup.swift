import Foundation

/// A group that its first member makes by the product's own form.
struct MadeGroup {
  let path: String
  let members: ClosedRange<Int>
  let dataset: Dataset

  /// - Parameter members: users of the dataset, the first of whom makes it.
  init(of members: ClosedRange<Int>, on server: Workbench.Server) throws {
    let dataset = server.dataset
    let others = members.dropFirst().map { "&member=\($0)" }.joined()
    let reactor = try Reactor()
    let connection = try Connection(server.address, reactor)
    defer { connection.close() }
    var status = 0
    connection.send(
      .post(
        "/groups/new", token: dataset.token(of: members.lowerBound),
        body: Array(("name=A+group+of+\(members.count)" + others).utf8))
    ) { status = $0.status }
    reactor.run(until: .now + .seconds(30)) { !connection.isBusy }
    guard status == 303, let path = connection.field("location") else {
      throw BenchError("A group of \(members.count) was answered \(status).")
    }
    (self.path, self.members, self.dataset) = (path, members, dataset)
  }

  /// The event stream of one of its members, by number.
  func stream(_ number: Int) -> Request {
    .events(token: dataset.token(of: members.lowerBound + number % members.count))
  }

  /// A message of the one who made it.
  func publish(_ text: String) -> Request { publish(text, by: members.lowerBound) }

  func publish(_ text: String, by member: Int) -> Request {
    SendLoad.message(text, to: path + "/messages", token: dataset.token(of: member))
  }

  /// The same, in answer to a message.
  func answer(_ text: String, to message: Int) -> Request {
    let text = text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    return .post(
      path + "/messages", token: dataset.token(of: members.lowerBound), ["HX-Request": "true"],
      body: Array("text=\(text)&replyTo=\(message)&clientId=\(UUID().uuidString)".utf8))
  }

  /// What the one who made it sends to add people.
  func add(_ people: ClosedRange<Int>) -> Request {
    let users = people.map { "&user=\($0)" }.joined()
    return .post(
      path + "/members", token: dataset.token(of: members.lowerBound), ["HX-Request": "true"],
      body: Array(("action=add" + users).utf8))
  }
}
