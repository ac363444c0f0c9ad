import Foundation
import Testing

@testable import Chat

extension Person {
  /// Downloads all of it.
  func download(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Unzipped {
    let answer = try await browser.post("/settings/data", [:])
    #expect(answer.status == 200, sourceLocation: sourceLocation)
    return try Unzipped(answer.bytes)
  }
}

extension TestServer {
  /// A connection that has asked for the download of `person` and reads no more than its first bytes.
  func stalledDownload(of person: Person) async throws -> RawConnection {
    let connection = try await RawConnection(self, reads: false)
    let cookies = person.browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
    try await connection.send(
      "POST /settings/data HTTP/1.1\r\nHost: localhost\r\nCookie: \(cookies)\r\nContent-Length: 0\r\n\r\n")
    try await eventually("the download of \(person.name) begins") {
      app.exports.progress(of: person.id) != nil
    }
    connection.readSome()
    try await eventually("its first bytes are here") { connection.status == 200 }
    return connection
  }

  /// Puts images of noise, which fill every buffer on the way, into the conversation of two.
  func fill(_ one: Person, with other: Person, images: Int = 6) async throws {
    for number in 0..<images {
      let answer = try await one.send(
        [("\(number).png", TinyImage.png(width: 4 + number, filling: 3 << 20))], to: other)
      #expect(answer.status == 303)
    }
  }
}

struct JSONPage: Decodable {
  let conversation: Int64
  let next: String?
  let messages: [JSONMessage]
}

struct JSONMessage: Decodable {
  struct Author: Decodable {
    let id: Int64
    let fullName: String
  }

  struct Image: Decodable {
    let file: String?
    let mediaType: String
    let width: Int
    let height: Int
    let alt: String
  }

  let id: Int64
  let author: Author
  let sentAt: String
  let text: String
  let images: [Image]
}

struct JSONSettings: Decodable {
  let theme: String
  let showsPresence: Bool
  let timeZone: String?
  let hours: Int?
}
