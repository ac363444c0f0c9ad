import Foundation
import NIOHTTP1
import Synchronization
import Testing

@testable import Chat

/// A way through the product in the ``PseudoLanguage``: looks at every answer for what does not come from the
/// catalogue, and notes which routes were used.
final class Tour: Sendable {
  private let used = Mutex<Set<String>>([])

  /// The routes that nobody has used, as `GET /path`.
  var unused: [String] {
    let used = used.withLock { $0 }
    return Features.lines.map { "\($0.method) \($0.path)" }.filter { !used.contains($0) }
  }

  @discardableResult
  func see(
    _ method: String, _ path: String, _ answer: Answer, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Answer {
    note(method, path)
    let type = answer.header("Content-Type") ?? ""
    guard type.hasPrefix("text/html") || type.hasPrefix("text/plain") else { return answer }
    for stray in VisibleText(answer.text).strays {
      Issue.record("\(method) \(path) says \(stray)", sourceLocation: sourceLocation)
    }
    if answer.text.contains("<html") {
      #expect(
        answer.text.contains("<html lang=\"\(PseudoLanguage.tag)\" dir=\"rtl\""), "\(path)",
        sourceLocation: sourceLocation)
      #expect(answer.header("Vary")?.contains("Accept-Language") == true, sourceLocation: sourceLocation)
    }
    return answer
  }

  func note(_ method: String, _ path: String) {
    let parts = path.split(separator: "?")[0].split(separator: "/")
    let lines = Features.lines.filter { line in
      let segments = line.path.split(separator: "/")
      return line.method.rawValue == method
        && (segments.last == "**" ? parts.count >= segments.count : parts.count == segments.count)
        && zip(segments, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") || $0 == "**" }
    }
    // A name in the address stands before any.
    let line = lines.min { $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count }
    if let line { used.withLock { _ = $0.insert("\(method) \(line.path)") } }
  }

  @discardableResult
  func get(
    _ path: String, by browser: Browser, fragment target: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Answer {
    let headers = HTTPHeaders(target.map { [("HX-Request", "true"), ("HX-Target", $0)] } ?? [])
    let answer = try await browser.send(.GET, path, headers)
    return see("GET", path, answer, sourceLocation: sourceLocation)
  }

  /// Posts a form twice: as a browser without modules does, and as they do.
  @discardableResult
  func post(
    _ path: String, _ fields: KeyValuePairs<String, String> = [:], by browser: Browser,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Answer {
    see(
      "POST", path, try await browser.post(path, fields, ["HX-Request": "true"]),
      sourceLocation: sourceLocation)
    return see("POST", path, try await browser.post(path, fields), sourceLocation: sourceLocation)
  }
}
