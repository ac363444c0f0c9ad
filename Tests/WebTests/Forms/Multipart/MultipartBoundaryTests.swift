import Testing
import Web

/// The boundary parameter of a Content-Type header.
@Suite struct MultipartBoundaryTests {
  private static let seventy = String(repeating: "x", count: 70)

  @Test(arguments: [
    ("multipart/form-data; boundary=abc", "abc"), ("multipart/form-data;boundary=abc", "abc"),
    ("Multipart/Form-DATA; BOUNDARY=aBc", "aBc"), ("multipart/form-data; boundary=\"abc\"", "abc"),
    ("multipart/form-data; charset=utf-8; boundary=abc; x=y", "abc"),
    ("multipart/form-data; x=\"a;boundary=z\"; boundary=abc", "abc"),
    ("multipart/form-data; x=\"\\\";boundary=z\"; boundary=abc", "abc"),
    ("multipart/form-data; boundary=\"a b\"", "a b"), ("multipart/form-data; boundary=\" b\"", " b"),
    ("multipart/form-data; boundary=\"a\\b\\c\"", "abc"), ("multipart/form-data; boundary=a  ", "a"),
    ("multipart/form-data \t; \tboundary=abc \t; x=y", "abc"), (" multipart/form-data; boundary=abc", "abc"),
    ("multipart/form-data; boundary='()+_,-./:=?09azAZ", "'()+_,-./:=?09azAZ"),
    ("multipart/form-data; boundary=\"'()+_,-./:=?09azAZ\"", "'()+_,-./:=?09azAZ"),
    ("multipart/form-data; boundary=----WebKitFormBoundaryZ9", "----WebKitFormBoundaryZ9"),
    ("multipart/form-data; boundary=\(seventy)", seventy), ("multipart/form-data;; boundary=a;", "a"),
  ])
  func read(header: String, expected: String) throws {
    let boundary = try #require(MultipartBoundary(contentType: header))
    #expect(boundary.description == expected)
    #expect(boundary == MultipartBoundary(expected.utf8))
  }

  @Test(arguments: [
    "", "multipart/form-data", "multipart/form-data;", "multipart/form-data; boundary",
    "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
    "multipart/form-data; boundary=\(seventy)x", "multipart/form-data; boundary=\"\(seventy)x\"",
    "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=a b",
    "multipart/form-data; boundary=\"a", "multipart/form-data; boundary=\"a\\\"",
    "multipart/form-data; boundary=\"a\\", "multipart/form-data; boundary=\"a\"b",
    "multipart/form-data; boundary=a\"b\"", "multipart/form-data; boundary=\"a\\\\\"",
    "multipart/form-data; boundary=a\\b", "multipart/form-data; boundary=\"a\\\"b\"",
    "multipart/form-data; boundary=é", "multipart/form-data; boundary=\"é\"",
    "multipart/form-data; boundary=a@b", "multipart/form-data; boundary=a*b",
    "multipart/form-data; boundary=\"a\tb\"", "multipart/form-data; boundary=\"a\r\nb\"",
    "multipart/form-data; boundary=a\0", "multipart/form-data; boundary =a",
    "multipart/form-data; boundary= a", "multipart/form-data; boundary=a; boundary=a",
    "multipart/form-data; boundary=a; BOUNDARY=b", "multipart/form-data; xboundary=a",
    "multipart/form-data; boundary*=a", "multipart/form-data, boundary=a", "multipart/form-data boundary=a",
    "multipart/mixed; boundary=a", "multipart/form-data2; boundary=a", "text/plain; boundary=a",
    "application/x-www-form-urlencoded", "; boundary=a", "multipart/form-data; =a; boundary=a",
  ])
  func refused(header: String) {
    #expect(MultipartBoundary(contentType: header) == nil)
  }

  @Test func everyByte() {
    let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'()+_,-./:=? ".utf8)
    for byte in UInt8.min...UInt8.max {
      #expect((MultipartBoundary([byte, UInt8(ascii: "x")]) != nil) == allowed.contains(byte), "\(byte)")
    }
  }
}
