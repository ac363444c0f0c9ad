import Foundation
import GRDB
import Hummingbird
import Imaging
import Logging
import Web

/// Images from the form to the disk and away again. Bytes come before their row and go after it; what a
/// crash leaves between the two is swept at the next start.
struct Uploads: Sendable {
  static let maximumFiles = 10
  static let maximumFileBytes = 10 << 20
  static let maximumBytes = 40 << 20
  /// How long an image waits in a composer.
  static let draftTime: Milliseconds = 24 * 3_600_000

  /// The most bytes that one person may have in use, with a block for the smallest file.
  let quota: Int64
  private let intake: FileIntake
  private let ledger: UploadLedger
  private let folder: UploadFolder
  private let images: ImageIntake
  private let database: ChatDatabase
  private let logger: Logger
  /// Before any request: what was written earlier and has no row is of no message.
  private let startedAt = Date.now.milliseconds
  /// Pages go first: an upload that is written slowly is also received slowly.
  private let writing = BlockingThreads(2, niceness: 10)

  /// - Throws: ``DataFolder/Failure``.
  init(
    data: DataFolder, database: ChatDatabase, queue: BackgroundWork.Queue, quota: Int64,
    reserve: DiskRoom.Reserve, isBounded: Bool = true, logger: Logger
  ) throws {
    folder = try UploadFolder(data)
    var intake = FileIntake(
      folder: folder.incoming, threads: writing, maximumFiles: Self.maximumFiles,
      maximumFileBytes: Self.maximumFileBytes, maximumBytes: Self.maximumBytes)
    intake.room = DiskRoom(folder: folder.url, reserve: reserve)
    self.intake = intake
    ledger = UploadLedger(quota: quota, isBounded: isBounded)
    images = ImageIntake(folder: folder, queue: queue)
    self.database = database
    self.quota = quota
    self.logger = logger
  }

  /// The images of a form, and why others of its files are none.
  struct Taken: Sendable {
    var images: [StoredImage] = []
    /// By the place of the file in the form.
    var refused: [(place: Int, sentence: Sentence)] = []
  }

  /// Reads a form that may bring files, which count against its sender's room as they come.
  /// - Throws: ``FormError``, and what `use` throws.
  func withForm<Value>(
    of request: Request, _ context: SignedInContext, _ form: FileForm,
    _ use: (FormFields) async throws -> Value
  ) async throws -> Value {
    guard try request.mayBringFiles else {
      return try await request.withForm(limit: form.textBytes, intake: intake, on: context.channel, use)
    }
    let viewer = context.viewer.id
    let used = try await database.read {
      try Attachment.usedBytes(of: viewer, without: form.replaced, in: $0)
    }
    let upload = ledger.begin(viewer, used: used)
    defer { upload.end() }
    var intake = intake
    intake.maximumFiles = form.most
    intake.stop = { upload.stop($0) }
    return try await request.withForm(limit: form.textBytes, intake: intake, on: context.channel, use)
  }

  /// - Throws: ``StorageFailure``; then nothing is taken.
  func take(_ files: [ReceivedFile], maximumPixels: Int = ImageFile.maximumPixels) async throws -> Taken {
    var taken = Taken()
    for (place, file) in files.enumerated() {
      do { taken.images.append(try await images.take(file, maximumPixels: maximumPixels)) } catch let refusal
        as ImageRefusal
      {
        taken.refused.append((place, refusal.sentence))
      } catch {
        await remove(taken.images.map(\.name))
        throw error
      }
    }
    return taken
  }

  /// The person has uploaded as much as one may.
  struct QuotaReached: SentenceError {
    let sentence = Sentence(
      "You have used up your space for images on this server. The image was not sent.")
  }

  /// - Throws: ``QuotaReached`` when `images` of `owner` do not fit any more.
  func checkQuota(_ images: [StoredImage], of owner: User.ID, in db: Database) throws {
    guard !images.isEmpty else { return }
    let new = images.reduce(0) { $0 + max(Attachment.leastBytes, Int64($1.bytes)) }
    guard try Attachment.usedBytes(of: owner, in: db) + new <= quota else { throw QuotaReached() }
  }

  /// Removes the bytes of images that no row tells of any more.
  func remove(_ names: [String]) async {
    guard !names.isEmpty else { return }
    await writing.runUncancelled { [folder] in folder.remove(names) }
  }

  func path(of attachment: Attachment) -> String { folder.path(of: attachment.name) }

  /// Sweeps, then drops old drafts from hour to hour, until its task is cancelled.
  func run() async {
    do { try await sweep() } catch is CancellationError {
      return
    } catch {
      logger.warning("The uploads were not swept", metadata: ["error": "\(error)"])
    }
    repeat {
      let time = Date.now.milliseconds - Self.draftTime
      if let names = try? await database.writer.write({ try Attachment.deleteDrafts(before: time, in: $0) }) {
        await remove(names)
      }
    } while (try? await Task.sleep(for: .seconds(3_600))) != nil
  }

  func close() async { await writing.finish() }

  /// Removes files that no row tells of, unless they came after the start, and notes rows whose file is
  /// gone or back.
  private func sweep() async throws {
    for prefix in UploadFolder.prefixes {
      let names = try await writing.run { [folder] in folder.names(startingWith: prefix) }
      let known = try await database.read { try Attachment.names(startingWith: prefix, in: $0) }
      let orphans = try await writing.run { [folder, startedAt] in
        names.filter { known[$0] == nil && folder.writtenAt($0).map { $0 < startedAt } ?? false }
      }
      if !orphans.isEmpty {
        logger.notice("Removed files of no message", metadata: ["count": "\(orphans.count)"])
      }
      await remove(orphans)
      let there = Set(names)
      for (name, wasMissing) in known where wasMissing == there.contains(name) {
        // It may have come while the folder was read.
        let isMissing = try await writing.run { [folder] in !folder.holds(name) }
        guard isMissing != wasMissing else { continue }
        if isMissing { logger.warning("An image is no longer here", metadata: ["name": "\(name)"]) }
        let now = Date.now.milliseconds
        try await database.writer.write { db in
          try Attachment.note(name, isMissing: isMissing, at: now, in: db)
          if isMissing {
            try User.takeDown(picture: name, at: now, in: db)
            try Group.takeDown(picture: name, at: now, in: db)
          }
        }
      }
    }
  }
}
