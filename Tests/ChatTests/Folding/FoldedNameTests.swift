import GRDB
import Testing

@testable import Chat

/// What a name is found by, kept beside it.
@Suite struct FoldedNameTests {
  @Test func fromEachLetterOn() {
    #expect(FoldedName.stretches(of: "Ada") == "a ada da")
    #expect(
      Set(FoldedName.stretches(of: "Jü Å").split(separator: " ")) == [
        "ju", "u", "jue", "ue", "e", "a", "aa", "jua", "ua", "jueaa", "ueaa", "eaa",
      ])
  }

  @Test func aQuestion() {
    #expect(FoldedName.question("Ada lov") == "(\"ada\" *) AND (\"lov\" *)")
    #expect(FoldedName.question("Mü") == "(\"mu\" * OR \"mue\" *)")
    #expect(FoldedName.question("baer") == "(\"baer\" * OR \"bar\" *)")
    #expect(FoldedName.question(" '\"* ") == nil)
  }

  @Test func bounded() {
    let wide = String(repeating: "\u{FDFA}", count: FullName.maximumScalars)
    #expect(FoldedName.stretches(of: wide).unicodeScalars.count <= 512 * 33)
    let typed = String(repeating: "x y ", count: 1_000) + String(repeating: "z", count: 10_000)
    #expect((FoldedName.question(typed) ?? "").utf8.count < 200)
  }

  @Test func anotherVersionFoldsAnew() async throws {
    let folder = try DataFolder(TestServer.newFolder())
    var database = try ChatDatabase(path: folder.database)
    try await database.writer.write { db in
      try db.execute(
        sql: """
          INSERT INTO user (full_name, sort_name, folded_name, email, email_key, password_hash, created_at)
          VALUES ('Łukasz', '', 'as it once was', 'a', 'a', '', 1);
          UPDATE folding SET version = -1;
          """)
    }
    await database.close()
    database = try ChatDatabase(path: folder.database)
    let found = try await database.read { db in
      try String.fetchAll(
        db,
        sql: "SELECT full_name FROM user WHERE id IN (SELECT rowid FROM user_name WHERE user_name MATCH ?)",
        arguments: [FoldedName.question("kasz")])
    }
    #expect(found == ["Łukasz"])
    #expect(
      try await database.read { try Int.fetchOne($0, sql: "SELECT version FROM folding") } == Folding.version)
    await database.close()
  }
}
