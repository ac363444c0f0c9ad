import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// The decision alone; what it means for forms is shown with the whole server.
@Suite struct SameOriginTests {
  private func passes(
    _ method: HTTPRequest.Method, _ headers: HTTPFields, origin: String? = nil
  ) async throws -> Bool {
    var result = true
    try await Loopback.with { loopback in
      do {
        _ = try await SameOrigin<BasicRequestContext>(origin: origin.flatMap { Origin($0) }).handle(
          Request(method, "/", headers), context: loopback.context
        ) { _, _ in Response(status: .ok) }
      } catch let error as RequestRefusal {
        #expect(error.status == .forbidden)
        result = false
      }
    }
    return result
  }

  @Test func safeMethodsAlwaysPass() async throws {
    for method in [HTTPRequest.Method.get, .head, .options] {
      #expect(try await passes(method, [.secFetchSite: "cross-site", .origin: "https://evil.example"]))
    }
  }

  @Test func everyOtherMethodIsChecked() async throws {
    let brew = try #require(HTTPRequest.Method("BREW"))
    for method in [HTTPRequest.Method.post, .put, .delete, .patch, .trace, .connect, brew] {
      #expect(try await !passes(method, [.secFetchSite: "cross-site"]), "\(method)")
      #expect(try await !passes(method, [.origin: "https://evil.example"]), "\(method)")
      #expect(try await passes(method, [.origin: "http://example.org"]), "\(method)")
    }
  }

  @Test func theAddressThatPeopleType() async throws {
    let origin = "https://chat.example.org:8443"
    #expect(try await passes(.post, [.origin: "https://chat.example.org:8443"], origin: origin))
    #expect(try await passes(.post, [.referer: "HTTPS://CHAT.example.org:8443/x"], origin: origin))
    #expect(try await !passes(.post, [.origin: "https://chat.example.org"], origin: origin))
    #expect(try await !passes(.post, [.origin: "http://chat.example.org:8443"], origin: origin))
    #expect(try await !passes(.post, [.origin: "http://example.org"], origin: origin))
  }
}
