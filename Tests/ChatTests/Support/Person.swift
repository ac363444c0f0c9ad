import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// Somebody with an account and a browser that is logged in.
struct Person: Sendable {
  static let password = "correct horse battery"

  let id: Int64
  let name: String
  let email: String
  let browser: Browser

  var server: TestServer { browser.server }

  /// The same one, with the same cookies, at another server.
  func at(_ server: TestServer) -> Person {
    let browser = Browser(server)
    browser.cookies = self.browser.cookies
    return Person(id: id, name: name, email: email, browser: browser)
  }

  /// Sends a message as the composer's form does.
  @discardableResult
  func write(_ text: String, to other: Person, clientID: String = "") async throws -> Answer {
    let answer = try await browser.post(
      "/people/\(other.id)/messages", ["text": text, "clientId": clientID])
    #expect(answer.status == 303)
    return answer
  }

  /// The page of the conversation with `other`, wherever it is.
  func page(with other: Person, _ query: String = "") async throws -> Answer {
    let answer = try await browser.get("/people/\(other.id)\(query)")
    guard answer.status == 303, let location = answer.location else { return answer }
    return try await browser.get(location)
  }

  /// Opens a stream from where a page of the chat stands now.
  func events() async throws -> EventStream {
    let event = try #require(try await browser.get("/").html.event)
    return try await browser.events(after: event)
  }
}

extension TestServer {
  /// Makes an account through the form.
  func signUp(_ name: String, email: String? = nil, password: String = Person.password) async throws -> Person
  {
    let email = email ?? "\(UUID().uuidString.lowercased())@example.org"
    let browser = Browser(self)
    let answer = try await browser.post(
      "/signup", ["fullName": name, "email": email, "password": password])
    try #require(answer.status == 303)
    let id = try await database.read { db in
      try Int64.fetchOne(db, sql: "SELECT id FROM user WHERE email = ?", arguments: [email])
    }
    return Person(id: try #require(id), name: name, email: email, browser: browser)
  }

  /// Puts an account and a session into the database, without the time that hashing takes.
  func person(_ name: String, email: String? = nil, hash: PasswordHash? = nil) async throws -> Person {
    let email = email ?? "\(UUID().uuidString.lowercased())@example.org"
    let token = SessionToken()
    let now = Date.now.milliseconds
    let fullName = try FullName(name)
    let address = try EmailAddress(email)
    let hash = try hash ?? Self.quickHash()
    let id = try await database.writer.write { db in
      let id = try User.create(name: fullName, email: address, hash: hash, at: now, in: db)
      try Session.begin(token, for: id, at: now, in: db)
      return id
    }
    let browser = Browser(self)
    browser.cookies[Session.cookie] = token.text
    return Person(id: id, name: name, email: email, browser: browser)
  }

  /// Several at once, in this order.
  func people(_ names: String...) async throws -> [Person] {
    var people: [Person] = []
    for name in names { people.append(try await person(name)) }
    return people
  }

  /// Parameters that cost nothing.
  static let cheap = Scrypt.Parameters(logN: 1, r: 8, p: 1)

  /// What everyone's password is stored as who did not sign up through the form.
  static func quickHash() throws -> PasswordHash {
    try PasswordHash(hashing: Person.password, parameters: cheap)
  }
}

extension TestServer {
  /// Many accounts in one transaction, without sessions; their names are numbered.
  /// - Returns: their ids.
  func crowd(_ count: Int, named name: String = "Guest") async throws -> [Int64] {
    let now = Date.now.milliseconds
    let hash = try Self.quickHash()
    return try await database.writer.write { db in
      try (0..<count).map { number in
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 5 - digits.count)) + digits
        return try User.create(
          name: FullName("\(name) \(padded)"), email: EmailAddress("\(name)\(number)@example.org"),
          hash: hash, at: now, in: db)
      }
    }
  }

  /// Puts messages between two people into the database, in one transaction.
  @discardableResult
  func history(_ texts: [String], from author: Int64, to other: Int64) async throws -> [Int64] {
    let now = Date.now.milliseconds
    return try await database.writer.write { db in
      try texts.map { text in
        try Posting(text: MessageText(text)).post(by: author, to: .person(other), at: now, in: db)
          .content.message.id
      }
    }
  }
}

/// Somewhere to keep people from one server to the next.
final class People: Sendable {
  private let kept = Mutex<[Person]>([])

  var all: [Person] { kept.withLock { $0 } }

  func keep(_ people: [Person]) { kept.withLock { $0 = people } }
}
