import HTTPTypes
import Hummingbird
import Testing

@testable import Web

/// Which answers may repeat what their request says.
@Suite struct ReflectedTests {
  @Test(arguments: [
    "/", "/conversations/7", "/conversations/7?before=12", "/?after=1&before=2", "/?find=", "/?x", "/login?",
  ])
  func nothingOfIt(path: String) {
    #expect(!Request(.get, path).mayBeReflected)
    #expect(!Request(.head, path).mayBeReflected)
  }

  @Test(arguments: [
    "/?find=a", "/?=a", "/login?next=/settings", "/?before=12&find=b", "/?find=1%20", "/?x==1",
    "/settings?saved=theme-form", "/?find=%D9%A1",
  ])
  func theQuery(path: String) {
    #expect(Request(.get, path).mayBeReflected)
  }

  @Test func forms() {
    #expect(Request(.post, "/login").mayBeReflected)
    #expect(Request(.put, "/login").mayBeReflected)
  }
}
