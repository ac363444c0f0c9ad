import Foundation
import GRDB
import Testing
import Web

@testable import Chat

extension Person {
  /// The newest message of a page with these people, or of a group.
  func newestMessage(with other: Person) async throws -> Message.ID {
    try #require(try await page(with: other).html.articles.last?.messageID)
  }

  @discardableResult
  func edit(
    _ message: Message.ID, _ text: String, base: String? = nil, asFragment: Bool = false
  ) async throws -> Answer {
    var fields = ["text": text]
    fields["base"] = base
    return try await act("edit", on: message, fields, asFragment: asFragment)
  }

  @discardableResult
  func act(
    _ act: String, on message: Message.ID, _ fields: [String: String] = [:], asFragment: Bool = false
  ) async throws -> Answer {
    let form = fields.map { "\($0.key)=\(URLQuery.encoded($0.value))" }.joined(separator: "&")
    return try await browser.post(
      "/messages/\(message)/\(act)", form: form.isEmpty ? "x=1" : form,
      asFragment ? ["HX-Request": "true"] : [:])
  }

  /// What a page shows of a message now.
  func article(_ message: Message.ID) async throws -> HTML {
    let location = try #require(try await browser.get("/messages/\(message)").location)
    let path = String(location.prefix { $0 != "#" })
    return try #require(
      try await browser.get(path).html.articles.first { $0.messageID == message })
  }
}
