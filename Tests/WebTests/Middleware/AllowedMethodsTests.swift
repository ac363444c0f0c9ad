import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// 405 with `Allow` for an address that exists, and nothing for one that does not.
@Suite struct AllowedMethodsTests {
  private static let routes: [(path: String, method: HTTPRequest.Method)] = [
    ("/", .get), ("/form", .get), ("/form", .post), ("/things/{id}", .get), ("/things/{id}/parts", .post),
    ("/files/**", .get), ("/things/new", .post),
  ]

  /// - Returns: what `Allow` says; "" where the request goes on.
  private func allowed(_ method: HTTPRequest.Method, _ path: String) async throws -> String {
    var result = ""
    try await Loopback.with { loopback in
      do {
        _ = try await AllowedMethods<BasicRequestContext>(Self.routes).handle(
          Request(method, path), context: loopback.context
        ) { _, _ in Response(status: .ok) }
      } catch let error as RequestRefusal {
        #expect(error.status == .methodNotAllowed)
        result = error.headers[.allow] ?? "none"
      }
    }
    return result
  }

  @Test func rightOnesGoOn() async throws {
    for (method, path) in [
      (.get, "/"), (.head, "/"), (.get, "/form"), (.post, "/form"), (.get, "/things/7"),
      (.head, "/things/x?y"),
      (.post, "/things/7/parts"), (.get, "/files/a/b/c"), (.get, "/files/a"), (.post, "/things/new"),
    ] as [(HTTPRequest.Method, String)] {
      #expect(try await allowed(method, path) == "", "\(method) \(path)")
    }
  }

  @Test func wrongOnesAreToldWhatIsRight() async throws {
    #expect(try await allowed(.post, "/") == "GET, HEAD")
    #expect(try await allowed(.delete, "/form") == "GET, HEAD, POST")
    #expect(try await allowed(.put, "/things/7") == "GET, HEAD")
    #expect(try await allowed(.get, "/things/7/parts") == "POST")
    #expect(try await allowed(.options, "/files/a/b") == "GET, HEAD")
    let brew = try #require(HTTPRequest.Method("BREW"))
    #expect(try await allowed(brew, "/form/?x=y") == "GET, HEAD, POST")
  }

  @Test func unknownAddressesAreNotItsConcern() async throws {
    for path in ["/x", "/things", "/things/7/x", "/things/7/parts/x", "/files", "/form/x", "/%2Fform"] {
      #expect(try await allowed(.delete, path) == "", "\(path)")
    }
  }
}
