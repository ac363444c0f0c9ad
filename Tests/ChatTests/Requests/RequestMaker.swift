import NIOHTTP1
import Web

/// Makes requests by chance, the same ones again from the same seed.
struct RequestMaker {
  private var random: SplitMix
  private let cookies: [String]

  init(seed: UInt64, cookies: [String]) {
    random = SplitMix(state: seed)
    self.cookies = cookies
  }

  struct Proper: Sendable {
    let method: HTTPMethod
    let path: String
    let headers: [(String, String)]
    let body: [UInt8]?
  }

  /// One that an ordinary client sends, which offers no other protocol.
  mutating func proper() -> Proper {
    let method = one(of: ["GET", "POST", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"])
    var path = one(of: Self.paths.filter { !$0.contains("events") && !$0.contains(" ") && $0.hasPrefix("/") })
    if chance(0.4) { path += "?" + one(of: Self.queries) + "=" + URLQuery.encoded(text()) }
    let body: [UInt8]? = chance(0.6) && method != "GET" && method != "HEAD" ? form() : nil
    return Proper(
      method: HTTPMethod(rawValue: method), path: path, headers: headers().filter { $0.0 != "Upgrade" },
      body: body)
  }

  /// The bytes of one, often broken.
  mutating func raw() -> [UInt8] {
    if chance(0.05) { return (0..<Int.random(in: 0...400, using: &random)).map { _ in byte() } }
    var path = one(of: Self.paths)
    if chance(0.5) { path += "?" + one(of: Self.queries) + "=" + brokenEncoding() }
    let version = chance(0.95) ? "HTTP/1.1" : one(of: ["HTTP/1.0", "HTTP/2.0", "HTTP/x", "", "http/1.1"])
    var head = "\(one(of: Self.methods)) \(path) \(version)\r\n"
    if chance(0.97) { head += "Host: \(one(of: ["x", "127.0.0.1", "[::1]", "x:99999"]))\r\n" }
    if chance(0.03) { head += "Host: \(one(of: ["x", "", "a b"]))\r\n" }
    if chance(0.7) {
      head += "Cookie: nextalk_session=\(one(of: cookies + ["", "x", "%00", "\"", ";;="]))\r\n"
    }
    for (name, value) in headers() { head += "\(name): \(value)\r\n" }
    guard chance(0.6) else { return bytes(head + "\r\n") }
    let body = chance(0.7) ? form() : (0..<Int.random(in: 0...3_000, using: &random)).map { _ in byte() }
    if chance(0.15) {
      head += "Transfer-Encoding: chunked\r\n\r\n\(String(body.count, radix: 16))\r\n"
      return bytes(head) + body + bytes(one(of: ["\r\n0\r\n\r\n", "\r\n", "\r\nzz\r\n", "0\r\n\r\n"]))
    }
    let length = chance(0.9) ? String(body.count) : one(of: ["-1", "x", "0", "99999999999999999999", "10"])
    return bytes(head + "Content-Length: \(length)\r\n\r\n") + body
  }

  private static let methods = [
    "GET", "GET", "GET", "GET", "POST", "POST", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE",
    "CONNECT", "BREW", "get", "", "P\u{F6}ST", "PRI",
  ]
  private static let paths = [
    "/", "/login", "/signup", "/health", "/events", "/people/1", "/people/2", "/people/2/messages",
    "/people/2/read", "/people/99", "/people/-1", "/people/x", "/people/%00", "/conversations/1",
    "/conversations/1/messages", "/conversations/1/read", "/conversations/99999999999999999999",
    "/conversations/%FF", "/assets/x", "/assets/", "/uploads/x", "/nothing", "//", "///login",
    "/%", "/%zz", "/..//..", "/login/", "*", "http://x/", "x", "", "/a b", "/\u{0}", "/{id}", "/people/{id}",
    "/people/2/messages/", "/conversations/1?", "/?", "/#", "/%2F", "/people//2", "/**", "/assets/**",
    "/settings/deletion", "/settings/deletion/undo", "/settings/theme",
  ]
  private static let queries = [
    "find", "online", "start", "before", "around", "renew", "after", "people", "next", "x", "%", "&&",
    "find=a&find",
  ]
  private static let texts = [
    "", "a", "1", "-1", "0", "9223372036854775807", "9223372036854775808", "1.x", "1,2,3", "\u{0}",
    "\"\u{301}",
    "<script>", "\u{202E}", "😀😀", "%", "'; DROP TABLE user; --", "\" OR *", "//evil.example", "/people/2",
    "\u{FFFF}", "İ", "ß", "a\r\nb: c", "e\u{301}\u{301}\u{301}", "NaN", "true", "\u{FEFF}", "हिन्दी",
  ]

  private mutating func headers() -> [(String, String)] {
    let all = [
      ("HX-Request", "true"), ("HX-Target", one(of: ["rows", "more-rows", "older", "x", ""])),
      ("Last-Event-ID", one(of: ["0", "1", "-1", "x", "99999999999999999999", ""])),
      ("Sec-Fetch-Site", one(of: ["same-origin", "cross-site", "none"])),
      ("Origin", one(of: ["null", "x", "http://x"])),
      ("Referer", one(of: ["x", "http://x/%zz", "http://x", "::", "http://[/"])),
      (
        "Content-Type",
        one(of: ["application/x-www-form-urlencoded", "application/json", ";", "", "multipart/form-data"])
      ),
      ("X-Forwarded-For", one(of: ["x", "1.2.3.4", "::1, ,", ""])), ("Range", "bytes=0-1"),
      ("Expect", "100-continue"),
      ("If-None-Match", "*"), ("Accept-Encoding", "gzip"),
      ("Connection", one(of: ["close", "upgrade", "keep-alive"])),
      ("Sec-Purpose", "prefetch"), ("Upgrade", "websocket"),
    ]
    return all.filter { _ in chance(0.15) }
  }

  private mutating func form() -> [UInt8] {
    let names = ["text", "clientId", "message", "email", "password", "fullName", "", "x"]
    let pairs = (0..<Int.random(in: 0...6, using: &random)).map { _ in
      one(of: names) + "=" + (chance(0.7) ? URLQuery.encoded(text()) : brokenEncoding())
    }
    return bytes(pairs.joined(separator: chance(0.95) ? "&" : ";"))
  }

  private mutating func text() -> String {
    chance(0.9) ? one(of: Self.texts) : String(repeating: one(of: Self.texts), count: 300)
  }

  private mutating func brokenEncoding() -> String {
    (0..<Int.random(in: 0...12, using: &random)).map { _ in
      one(of: [
        "%", "%0", "%zz", "%FF", "%C3", "%ED%A0%80", "%00", "+", "a", "=", "&", "%F0%9F%98%80", "%22%CC%81",
      ])
    }.joined()
  }

  private mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &random) < part }

  private mutating func byte() -> UInt8 { .random(in: .min ... .max, using: &random) }

  private mutating func one(of texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}

/// SplitMix64: small, and the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
