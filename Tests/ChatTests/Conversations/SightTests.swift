import Foundation
import GRDB
import Synchronization
import Testing

@testable import Chat

/// Who may see what of a group, as people come, go and come back.
@Suite struct SightTests {
  /// What one person may see by the rules, kept beside what the server does.
  private struct Expectation {
    var isMember = false
    /// Written while they were a member.
    var seen: [String] = []
  }

  private static func texts(_ html: [HTML]) -> [String] { html.compactMap { $0.messageText?.description } }

  /// What a stream got live, what a replay from any point brings and what a fresh page shows agree.
  /// The later ones come and go through the product's own forms.
  @Test(arguments: 1...9) func randomly(seed: UInt64) async throws {
    try await TestServer.with(.init(deletionDelay: 0)) { server in
      var random = SeededRandom(seed)
      let people = try await server.people("Ada", "Ben", "Cem", "Dan", "Eve")
      let showsEarlier = seed % 3 == 0
      let isMade = seed > 6
      let group =
        if isMade {
          TestGroup(
            server: server,
            id: try await MadeGroup.make(
              "All", by: server.person("Max"), access: "open", history: showsEarlier ? "all" : "joined"
            ).id)
        } else {
          try await TestGroup.make("All", on: server, showsEarlier: showsEarlier)
        }
      func act(_ word: String, _ person: Person) async throws {
        let answer = try await person.browser.post("/conversations/\(group.id)/\(word)", [:])
        #expect(answer.status == 303)
      }
      let streams = try await people.asyncMap { try await $0.events() }
      var expected = people.map { _ in Expectation() }
      var all: [String] = []
      var gone: Int?
      for step in 0..<45 {
        let one = Int.random(in: people.indices, using: &random)
        guard one != gone else { continue }
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2 where !expected[one].isMember:
          if isMade {
            try await act("join", people[one])
          } else {
            #expect(try await group.join(people[one].id))
          }
          expected[one].isMember = true
        case 3 where expected[one].isMember:
          if isMade {
            try await act("leave", people[one])
          } else {
            #expect(try await group.leave(people[one].id))
          }
          expected[one].isMember = false
        case 9 where gone == nil && step > 30:
          try await people[one].delete(keepingMessages: true)
          try await server.deletionsDone()
          gone = one
        default:
          let answer = try await group.write("m\(step)", by: people[one])
          #expect(answer.status == (expected[one].isMember ? 303 : 404))
          guard expected[one].isMember else { continue }
          all.append("m\(step)")
          for other in people.indices where expected[other].isMember {
            expected[other].seen.append("m\(step)")
          }
        }
      }
      for (person, (stream, expectation)) in zip(people.indices, zip(streams, expected)) where person != gone
      {
        let browser = people[person].browser
        try await people[(person + 1) % 5 == gone ? (person + 2) % 5 : (person + 1) % 5]
          .write("the end", to: people[person])
        _ = try await stream.message("the end")
        let live = Self.texts(stream.events.flatMap(\.html.articles)).filter { $0 != "the end" }
        #expect(live == expectation.seen, "live, \(people[person].name)")
        let page = try await browser.get("/conversations/\(group.id)")
        guard expectation.isMember else {
          // An open group shows itself to everyone.
          #expect(page.status == (isMade ? 200 : 404))
          #expect(page.html.articles.isEmpty)
          let home = try await browser.get("/")
          #expect(home.html.row("g\(group.id)") == nil)
          let replay = try await browser.events(after: 0)
          _ = try await replay.message("the end")
          #expect(Self.texts(replay.events.flatMap(\.html.articles)).allSatisfy { $0 == "the end" })
          continue
        }
        let visible = showsEarlier ? all : expectation.seen
        #expect(Self.texts(page.html.articles) == visible, "the page of \(people[person].name)")
        #expect(
          page.html.row("g\(group.id)")?.preview?.description.contains(visible.last ?? "No messages") == true)
        let replay = try await browser.events(after: 0)
        _ = try await replay.message("the end")
        #expect(Self.texts(replay.events.flatMap(\.html.articles)).filter { $0 != "the end" } == visible)
        // From any point it brings what came after that.
        let ids = replay.durable.compactMap(\.id)
        let from = try #require(ids.randomElement(using: &random))
        let rest = try await browser.events(after: from)
        if from != ids.last { _ = try await rest.first("the last one") { $0.id == ids.last } }
        // What came while the others were looked at comes last.
        #expect(
          rest.durable.compactMap(\.id).prefix(ids.count { $0 > from }) == ids.filter { $0 > from }[...])
        #expect(page.html.event.map { $0 >= ids.last ?? 0 } == true)
      }
    }
  }

  @Test func whatWasThereBefore() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben", "Cem")
      let (ada, ben, cem) = (people[0], people[1], people[2])
      let group = try await TestGroup.make("Club", on: server)
      try await group.join(ada.id)
      _ = try await ada.browser.post("/conversations/\(group.id)/messages", ["text": "old secret"])
      let sent = try await ada.browser.post(
        "/conversations/\(group.id)/messages",
        MultipartBody(["text": ""]).adding("images", file: "a.png", TinyImage.png()))
      #expect(sent.status == 303)
      let image = try #require(try await ada.browser.get("/conversations/\(group.id)").uploads.first)
      let stream = try await ben.events()
      try await group.join(ben.id)
      let joined = try await stream.first("the row") { $0.html.row("g\(group.id)") != nil }
      #expect(joined.id != nil && !joined.data.contains("secret"))
      for path in ["/", "/conversations/\(group.id)", "/conversations/\(group.id)?before=999"] {
        let page = try await ben.browser.get(path)
        #expect(page.status == 200 && !page.contains("secret") && page.uploads.isEmpty)
      }
      #expect(try await ben.browser.get("/").html.row("g\(group.id)")?.unread == "")
      #expect(try await ben.browser.get("/uploads/\(image)").status == 404)
      #expect(try await ada.browser.get("/uploads/\(image)").status == 200)
      #expect(try await cem.browser.get("/conversations/\(group.id)").status == 404)
      try await group.write("new", by: ada)
      _ = try await stream.message("new")
      #expect(try await ben.browser.get("/").html.row("g\(group.id)")?.unread == "1")
      try await group.leave(ben.id)
      _ = try await stream.first("the end of it") { $0.data.contains("delete:#row-g\(group.id)") }
      #expect(try await ben.browser.get("/conversations/\(group.id)").status == 404)
      try await group.write("in between", by: ada)
      try await group.join(ben.id)
      try await group.write("again", by: ada)
      _ = try await stream.message("again")
      let page = try await ben.browser.get("/conversations/\(group.id)")
      #expect(Self.texts(page.html.articles) == ["new", "again"])
      #expect(!stream.events.contains { $0.data.contains("in between") || $0.data.contains("secret") })
    }
  }

  /// An event today about a message from before one's time is not theirs to see.
  @Test func eventsAboutOlderMessages() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let group = try await TestGroup.make("Club", on: server)
      try await group.join(ada.id)
      try await group.write("old", by: ada)
      try await group.join(ben.id)
      let streams = [try await ada.events(), try await ben.events()]
      let old = try await server.database.read { try Int64.fetchOne($0, sql: "SELECT min(id) FROM message") }
      let message = try #require(old)
      let event = try await server.app.database.writer.write { db in
        try Event.append(
          MessagePosted.self, audience: .members(of: group.id), subject: message, message: message, at: 1,
          in: db)
      }
      try await group.write("the end", by: ada)
      for stream in streams { _ = try await stream.message("the end") }
      #expect(streams[0].events.contains { $0.id == event })
      #expect(!streams[1].events.contains { $0.id == event })
      let replay = try await ben.browser.events(after: 0)
      _ = try await replay.message("the end")
      #expect(!replay.events.contains { $0.id == event })
      let newest = try await server.database.read { [ada, ben] db in
        try [ada, ben].map { try Event.newest(visibleTo: $0.id, in: db) }
      }
      #expect(newest[0] == newest[1])
      try await server.app.database.writer.write { db in
        _ = try Event.append(
          MessagePosted.self, audience: .members(of: group.id), subject: message, message: message, at: 1,
          in: db)
      }
      let after = try await server.database.read { try Event.newest(visibleTo: ben.id, in: $0) }
      #expect(after == newest[1], "what is not theirs to see is not their newest event")
    }
  }

  /// What a stream that opens has read of its groups may be old by then.
  @Test func whoLeavesWhileTheirStreamOpens() async throws {
    let gate = Gate()
    let wishes = TestServer.Wishes(trace: { sql in if sql.contains("AND is_group") { gate.pass() } })
    try await TestServer.with(wishes) { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let group = try await TestGroup.make("Club", on: server)
      for person in people { try await group.join(person.id) }
      let witness = try await ada.events()
      gate.close()
      async let opening = ben.browser.events()
      try await eventually("his stream reads") { gate.isReached }
      try await group.leave(ben.id)
      try await group.write("without him", by: ada)
      _ = try await witness.message("without him")
      gate.open()
      let stream = try await opening
      try await group.write("still without him", by: ada)
      try await ada.write("for Ben", to: ben)
      _ = try await stream.message("for Ben")
      #expect(!stream.events.contains { $0.data.contains("without him") })
    }
  }

  /// Holds the thread of a read up in the middle.
  private final class Gate: Sendable {
    private let state = Mutex((isClosed: false, isReached: false))
    private let opened = DispatchSemaphore(value: 0)

    var isReached: Bool { state.withLock { $0.isReached } }

    func close() { state.withLock { $0.isClosed = true } }

    func pass() {
      let waits = state.withLock { state in
        defer { (state.isReached, state.isClosed) = (state.isReached || state.isClosed, false) }
        return state.isClosed
      }
      if waits { _ = opened.wait(timeout: .now() + 20) }
    }

    func open() { opened.signal() }
  }

  /// Groups that many came into at once stand at the same message, and in empty ones nobody wrote yet.
  @Test func everyGroupIsOnOnePageOfTheList() async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let ada = people[0]
      try await people[1].write("Hello", to: ada)
      var groups: Set<String> = []
      for number in 0..<70 {
        let group = try await TestGroup.make("Group \(number)", on: server, showsEarlier: number % 2 == 0)
        if number % 3 == 0 {
          try await group.join(people[1].id)
          try await group.write("old", by: people[1])
        }
        groups.insert("row-g\(group.id)")
      }
      for group in groups.map({ Int64($0.dropFirst(5)) ?? 0 }) {
        try await TestGroup(server: server, id: group).join(ada.id)
      }
      var found: [String] = []
      var path = "/"
      for _ in 0..<6 {
        let page = try await ada.browser.get(path)
        found += page.html.rows.compactMap { $0.attribute("id") }.filter { $0.hasPrefix("row-g") }
        guard let next = page.html.from("id=\"more-rows\"", through: "</li>").first?.attribute("href") else {
          break
        }
        path = next.replacing("&amp;", with: "&")
      }
      #expect(found.count == groups.count && Set(found) == groups)
    }
  }

  /// What is pushed to who comes in is what their page has.
  @Test(arguments: [false, true]) func theRowOfAGroupJustJoined(showsEarlier: Bool) async throws {
    try await TestServer.with { server in
      let people = try await server.people("Ada", "Ben")
      let (ada, ben) = (people[0], people[1])
      let group = try await TestGroup.make("Club", on: server, showsEarlier: showsEarlier)
      try await group.join(ada.id)
      try await group.write("before", by: ada)
      let stream = try await ben.events()
      for _ in 0..<2 {
        try await group.join(ben.id)
        let page = try await ben.browser.get("/")
        let row = try #require(page.html.row("g\(group.id)"))
        let pushed = try await stream.first("the row") {
          $0.html.row("g\(group.id)").map {
            $0.preview == row.preview && $0.attribute("data-newest") == row.attribute("data-newest")
          } ?? false
        }
        #expect(pushed.id != nil)
        try await group.write("while he is here", by: ada)
        try await group.leave(ben.id)
      }
    }
  }

  @Test func anEmptyGroupIsLeftTwice() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let group = try await TestGroup.make("Club", on: server)
      for _ in 0..<3 {
        #expect(try await group.join(ada.id))
        #expect(try await group.leave(ada.id))
      }
      #expect(try await group.join(ada.id))
      #expect(try await group.write("at last", by: ada).status == 303)
      #expect(try await ada.browser.get("/conversations/\(group.id)").contains("at last"))
    }
  }

  @Test func nobodyComesTwiceOrLeavesTwice() async throws {
    try await TestServer.with { server in
      let ada = try await server.person("Ada")
      let group = try await TestGroup.make("Club", on: server)
      #expect(try await group.join(ada.id))
      #expect(try await !group.join(ada.id))
      #expect(try await group.leave(ada.id))
      #expect(try await !group.leave(ada.id))
      let kinds = try await server.database.read {
        try String.fetchAll($0, sql: "SELECT kind FROM event WHERE kind LIKE 'member.%' ORDER BY id")
      }
      #expect(kinds == ["member.joined", "member.left"])
    }
  }
}

/// The same numbers for the same seed (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Array where Element: Sendable {
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
