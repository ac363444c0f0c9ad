import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization
import Web

@testable import Chat

/// A browser with a cookie jar. It follows no redirects and runs no modules.
final class Browser: Sendable {
  let server: TestServer
  /// The address that it comes from, one of this machine's own.
  private let localAddress: String?
  private let jar = Mutex<[String: String]>([:])
  private let accepted: Mutex<String?>

  static let client: HTTPClient = {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1_000
    configuration.connectionPool.idleTimeout = .seconds(5)
    configuration.httpVersion = .http1Only
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }()

  init(_ server: TestServer, from localAddress: String? = nil) {
    self.server = server
    self.localAddress = localAddress
    accepted = Mutex(server.language)
  }

  /// `Accept-Language`
  var language: String? {
    get { accepted.withLock { $0 } }
    set { accepted.withLock { $0 = newValue } }
  }

  var cookies: [String: String] {
    get { jar.withLock { $0 } }
    set { jar.withLock { $0 = newValue } }
  }

  /// Another tab or window: the same cookies from now on, kept apart.
  func copy() -> Browser {
    let other = Browser(server, from: localAddress)
    other.cookies = cookies
    return other
  }

  func get(_ path: String, _ headers: KeyValuePairs<String, String> = [:]) async throws -> Answer {
    try await send(.GET, path, headers)
  }

  /// Posts a form. Values are texts of any kind.
  func post(
    _ path: String, _ fields: KeyValuePairs<String, String>, _ headers: KeyValuePairs<String, String> = [:]
  ) async throws -> Answer {
    let form = fields.map { "\(URLQuery.encoded($0))=\(URLQuery.encoded($1))" }.joined(separator: "&")
    return try await post(path, form: form, headers)
  }

  /// Posts a body that is encoded already.
  func post(
    _ path: String, form: String, _ headers: KeyValuePairs<String, String> = [:]
  ) async throws -> Answer {
    var all = [("Content-Type", "application/x-www-form-urlencoded")]
    all += headers.map { ($0, $1) }
    return try await send(.POST, path, HTTPHeaders(all), Array(form.utf8))
  }

  /// What a form is answered that comes after too many of another one.
  func post(
    _ path: String, _ fields: KeyValuePairs<String, String>,
    afterTooMany others: KeyValuePairs<String, String>
  ) async throws -> Answer {
    var answer: Answer
    var rounds = 0
    repeat {
      for _ in 0..<60 where try await post(path, others).status == 429 { break }
      answer = try await post(path, fields)
      rounds += 1
      // On a slow machine another try is gained meanwhile.
    } while answer.status != 429 && rounds < 5
    return answer
  }

  func send(
    _ method: HTTPMethod, _ path: String, _ headers: KeyValuePairs<String, String> = [:],
    _ body: [UInt8]? = nil
  ) async throws -> Answer {
    try await send(method, path, HTTPHeaders(headers.map { ($0, $1) }), body)
  }

  func send(
    _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: [UInt8]? = nil
  ) async throws -> Answer {
    let request = request(method, path, headers, body)
    let response = try await Self.client.execute(request, timeout: .seconds(90))
    keep(response.headers)
    let bytes = try await response.body.collect(upTo: 32 << 20)
    return Answer(
      status: Int(response.status.code), headers: response.headers, bytes: Array(bytes.readableBytesView))
  }

  /// Opens an event stream; `after` stands in its address.
  func events(after: Int64? = nil, lastEventID: Int64? = nil) async throws -> EventStream {
    var headers = HTTPHeaders()
    if let lastEventID { headers.add(name: "Last-Event-ID", value: "\(lastEventID)") }
    let path = "/events" + (after.map { "?after=\($0)" } ?? "")
    return try await EventStream(request(.GET, path, headers, nil))
  }

  /// Opens any address as a stream.
  func stream(_ path: String) async throws -> EventStream {
    try await EventStream(request(.GET, path, HTTPHeaders(), nil))
  }

  private func request(
    _ method: HTTPMethod, _ path: String, _ headers: HTTPHeaders, _ body: [UInt8]?
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(server.port)\(path)")
    request.method = method
    request.headers = headers
    request.localAddress = localAddress
    let cookies = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ")
    if !cookies.isEmpty { request.headers.add(name: "Cookie", value: cookies) }
    if let language { request.headers.add(name: "Accept-Language", value: language) }
    if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
    return request
  }

  private func keep(_ headers: HTTPHeaders) {
    for line in headers["Set-Cookie"] {
      let parts = line.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
      guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
        pair.count == 2
      else { continue }
      jar.withLock { $0[String(pair[0])] = parts.contains("Max-Age=0") ? nil : String(pair[1]) }
    }
  }
}
