import Testing
import Web

/// `application/x-www-form-urlencoded`.
@Suite struct FormFieldsTests {
  private func value(_ form: String) throws -> String {
    try FormFields(urlencoded: Array(form.utf8))["a"]
  }

  @Test(arguments: [
    ("a=b", "b"), ("a=", ""), ("a", ""), ("", ""), ("b=a", ""), ("a=1&a=2", "1"), ("a=b=c", "b=c"),
    ("&&a=b&&", "b"), ("a=b+c", "b c"), ("a=b%20c", "b c"), ("a=%2B", "+"), ("a=%26%3D", "&="),
    ("%61=b", "b"), ("a=%F0%9F%98%80", "😀"), ("a=😀", "😀"), ("a=%e2%82%AC", "€"), ("a=%00", "\0"),
    ("a=%0D%0A", "\r\n"), ("a=%FF", "\u{FFFD}"), ("a=x%C3", "x\u{FFFD}"), ("a=%C3%28", "\u{FFFD}("),
    ("a=%ED%A0%80", "\u{FFFD}\u{FFFD}\u{FFFD}"), ("a=b;c=d", "b;c=d"),
  ])
  func values(form: String, expected: String) throws {
    #expect(Array(try value(form).utf8) == Array(expected.utf8))
  }

  @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%2g", "a=%g2", "%=a", "b=%&a=b", "a=%%20"])
  func malformed(form: String) {
    #expect(throws: FormError.self) { try value(form) }
    // A page with such a query is still a page.
    #expect(FormFields(query: form)["a"] == "")
  }

  @Test func soManyFieldsAndNoMore() throws {
    func form(_ count: Int) -> [UInt8] {
      Array((0..<count).map { "f\($0)=x" }.joined(separator: "&").utf8)
    }
    #expect(try FormFields(urlencoded: form(2_100))["f99"] == "x")
    #expect(throws: FormError.self) { try FormFields(urlencoded: form(2_101)) }
  }

  @Test func presence() {
    let fields = FormFields(query: "renew&find=")
    #expect(fields.contains("renew") && fields.contains("find") && !fields.contains("online"))
    #expect(!FormFields(query: nil).contains(""))
  }

  @Test(arguments: [
    ("plain", "plain"), ("a b", "a%20b"), ("/a?b=c&d#e", "/a%3Fb%3Dc%26d%23e"), ("é", "%C3%A9"),
    ("\n", "%0A"),
    ("-._~", "-._~"), ("%", "%25"), ("+", "%2B"), ("\"'<>", "%22%27%3C%3E"), ("\0", "%00"), ("\u{7F}", "%7F"),
  ])
  func encodedForAQuery(text: String, expected: String) throws {
    #expect(URLQuery.encoded(text) == expected)
    #expect(try value("a=" + expected) == text)
  }
}
