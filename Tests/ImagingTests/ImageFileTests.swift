import Imaging
import Testing

/// What holds for every format.
@Suite struct ImageFileTests {
  @Test func namesOfFormats() {
    #expect(
      ImageFile.Format.allCases.map(\.mediaType) == ["image/jpeg", "image/png", "image/gif", "image/webp"])
    #expect(ImageFile.Format.allCases.map(\.fileExtension) == ["jpg", "png", "gif", "webp"])
  }

  private static let otherFiles: [[UInt8]] = [
    [], [0xFF], ascii("GIF88a"), ascii("RIFF0000WAVE"), ascii("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ascii("%PDF-1.7"), ascii("PK\u{3}\u{4}"), ascii("BM"), [0, 0, 0, 24] + ascii("ftypheic"), [0x89, 0x50],
  ]

  @Test func otherFilesAreRefused() {
    for (index, bytes) in Self.otherFiles.enumerated() {
      #expect(throws: ImageFile.Refusal.unknownFormat, "number \(index)") { try ImageFile(bytes) }
    }
  }

  @Test(arguments: Sample.all)
  func secretsGoAndProfilesStay(sample: Sample) throws {
    let file = try ImageFile(sample.bytes)
    let stored = file.stored(from: sample.bytes)
    #expect(file.format == sample.format)
    #expect(!stored.contains("Secret"))
    #expect(stored.contains("Profile") == sample.bytes.contains("Profile"))
    #expect(file.storedCount == stored.count)
  }

  @Test(arguments: Sample.all)
  func whatIsStoredIsStoredAgainAsItIs(sample: Sample) throws {
    let file = try ImageFile(sample.bytes)
    let stored = file.stored(from: sample.bytes)
    let again = try ImageFile(stored)
    #expect(again.format == file.format && again.isAnimated == file.isAnimated)
    #expect(again.width == file.width && again.height == file.height)
    #expect(again.stored(from: stored) == stored)
  }

  @Test(arguments: Sample.all)
  func whatFollowsTheEndGoes(sample: Sample) throws {
    let stored = try sample.bytes.stored()
    #expect(try (sample.bytes + ascii("PK\u{3}\u{4}a zip")).stored() == stored)
    #expect(try (sample.bytes + sample.bytes).stored() == stored)
  }

  @Test func piecesAreFewAndLong() throws {
    // As many images as fit in a megabyte, half of them with a comment before.
    let pair = GIFBuilder.image() + GIFBuilder.comment + GIFBuilder.image()
    let mixed = GIFBuilder(blocks: (0..<20_000).flatMap { _ in pair }).bytes
    let file = try ImageFile(mixed)
    #expect(file.pieces.count < mixed.count / 2_000)
    #expect(!file.stored(from: mixed).contains("Secret"))

    let subBlocks = (0..<40_000).flatMap { _ in [255] + [UInt8](repeating: 7, count: 255) }
    let long = GIFBuilder(blocks: Array(GIFBuilder.image().dropLast()) + subBlocks + [0], tail: [1]).bytes
    #expect(try ImageFile(long).pieces == [.copied(0..<long.count - 1)])
  }
}
