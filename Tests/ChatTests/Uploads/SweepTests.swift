import Foundation
import Testing

@testable import Chat

/// What a crash left between files and rows is put right at the next start.
@Suite struct SweepTests {
  @Test func aPictureWithoutItsFile() async throws {
    let folder = TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let people = People()
    try await TestServer.with(folder: folder) { server in
      people.keep(try await server.people("Ada", "Ben"))
      let form = MultipartBody(["fullName": "Ada"]).adding("picture", file: "p.png", TinyImage.png())
      let saved = try await people.all[0].browser.post("/profile", form)
      #expect(saved.status == 303)
      let name = try #require(server.uploadedFiles.first)
      try FileManager.default.removeItem(at: server.file(name))
    }
    try await TestServer.with(folder: folder) { server in
      let ben = people.all[1].at(server)
      try await eventually("initials again") { try await ben.browser.get("/").uploads.isEmpty }
    }
  }

  @Test func filesWithoutRowsAndRowsWithoutFiles() async throws {
    let folder = TestServer.newFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let people = People()
    var names: [String] = []
    try await TestServer.with(folder: folder) { server in
      people.keep(try await server.people("Ada", "Ben"))
      let (ada, ben) = (people.all[0], people.all[1])
      _ = try await ada.send([("a.png", TinyImage.png()), ("b.gif", TinyImage.gif)], text: "Two", to: ben)
      names = try await ben.page(with: ada).uploads
    }
    // A file that no row tells of, half an upload, and a row whose file is gone.
    let orphan = UploadFolder.newName(extension: "png")
    let uploads = folder.appending(path: "uploads")
    let place = uploads.appending(path: "\(orphan.prefix(2))/\(orphan.dropFirst(2).prefix(2))")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: place.appending(path: orphan))
    try Data("x".utf8).write(to: uploads.appending(path: "incoming/half"))
    let gone = try #require(names.first)
    let file = uploads.appending(path: "\(gone.prefix(2))/\(gone.dropFirst(2).prefix(2))/\(gone)")
    let aside = folder.appending(path: "aside")
    try FileManager.default.moveItem(at: file, to: aside)

    try await TestServer.with(folder: folder) { server in
      let ben = people.all[1].at(server)
      try await eventually("only the known file") { server.uploadedFiles == [names[1]] }
      try await eventually("words in its place") {
        try await ben.page(with: people.all[0]).contains("no longer here")
      }
      #expect(try await ben.page(with: people.all[0]).uploads == [names[1]])
      #expect(server.log.text.contains("An image is no longer here"))
    }
    // It is put back from a backup.
    try FileManager.default.moveItem(at: aside, to: file)
    try await TestServer.with(folder: folder) { server in
      let ben = people.all[1].at(server)
      try await eventually("the image again") { try await ben.page(with: people.all[0]).uploads == names }
    }
  }
}
