import Foundation
import GRDB
import Testing

@testable import Chat

extension Person {
  /// Deletes the account through the form.
  func delete(keepingMessages: Bool = false) async throws {
    let answer = try await browser.post(
      "/settings/deletion", ["password": Person.password, "messages": keepingMessages ? "keep" : "erase"])
    #expect(answer.status == 303 && answer.location == "/settings/deletion")
  }
}

extension TestServer {
  /// Returns when nothing is left to be deleted.
  func deletionsDone(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await eventually("every deletion is done", sourceLocation: sourceLocation) {
      try await database.read { try Deletion.all(in: $0).isEmpty }
    }
  }

  /// Every byte that the data folder holds, by file.
  func rawBytes() throws -> [(name: String, bytes: Data)] {
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return try (found?.allObjects as? [URL] ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .map { ($0.lastPathComponent, try Data(contentsOf: $0)) }
  }

  /// Which of `wanted` stand anywhere in the data folder.
  func found(_ wanted: [String]) throws -> [String] {
    let all = try rawBytes()
    return wanted.filter { text in all.contains { $0.bytes.range(of: Data(text.utf8)) != nil } }
  }
}
