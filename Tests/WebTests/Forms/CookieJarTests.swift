import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// Cookies of this site.
@Suite struct CookieJarTests {
  private func value(_ header: String, isSecure: Bool = false) -> String? {
    CookieJar(isSecure: isSecure).value(of: "a", in: Request(.get, "/", [.cookie: header]))
  }

  @Test(arguments: [
    ("a=b", "b"), ("x=y; a=b; z=w", "b"), ("a=b=c", "b=c"), ("a=b;a=c", "b"), ("  a=b", "b"), ("a=", nil),
    ("a", nil), ("", nil), (";;;", nil), ("aa=b", nil), ("A=b", nil), ("b=a=c", nil), ("__Host-a=b", nil),
  ])
  func reading(header: String, expected: String?) { #expect(value(header) == expected) }

  @Test func severalHeaderFields() {
    var headers = HTTPFields()
    headers.append(HTTPField(name: .cookie, value: "x=y"))
    headers.append(HTTPField(name: .cookie, value: "a=b"))
    let found = CookieJar(isSecure: false).value(of: "a", in: Request(.get, "/", headers))
    #expect(found == "b")
  }

  @Test func underHTTPSOnlyThePrefixedOneCounts() {
    #expect(value("a=b", isSecure: true) == nil)
    #expect(value("a=evil; __Host-a=b", isSecure: true) == "b")
  }

  @Test func setting() {
    #expect(
      CookieJar(isSecure: false).header("a", "b", seconds: 60)
        == "a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax")
    #expect(
      CookieJar(isSecure: true).header("a", "b", seconds: 60)
        == "__Host-a=b; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure")
  }

  @Test func takingAway() {
    #expect(
      CookieJar(isSecure: false).header("a", nil, seconds: 60)
        == "a=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
  }
}
