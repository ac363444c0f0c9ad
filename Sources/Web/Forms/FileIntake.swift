import Foundation
import NIOCore

/// Where the files of a form go as they come, and how much of them is taken. All disk work is done on the
/// given threads.
public struct FileIntake: Sendable {
  /// On the volume where the files will stay, so that they can be renamed into place.
  public let folder: URL
  public let threads: BlockingThreads
  public var maximumFiles: Int
  /// The most bytes of one file.
  public let maximumFileBytes: Int
  /// The most bytes of all files of one form.
  public let maximumBytes: Int
  public var room: DiskRoom?
  /// Asked before each piece of a file is stored, with its bytes: why it is not to be.
  public var stop: @Sendable (Int) -> FormFields.Stop? = { _ in nil }

  public init(
    folder: URL, threads: BlockingThreads, maximumFiles: Int, maximumFileBytes: Int, maximumBytes: Int
  ) {
    self.folder = folder
    self.threads = threads
    self.maximumFiles = maximumFiles
    self.maximumFileBytes = maximumFileBytes
    self.maximumBytes = maximumBytes
  }

  /// - Throws: ``StorageFailure``.
  func open() async throws -> OutputFile {
    let url = folder.appending(path: UUID().uuidString)
    return try await threads.run { try OutputFile(creating: url) }
  }

  /// - Throws: ``StorageFailure``.
  func write(_ bytes: ByteBuffer, to file: OutputFile) async throws {
    try await threads.run { [room] in
      guard room?.has(bytes.readableBytes) ?? true else { throw StorageFailure(code: ENOSPC) }
      try bytes.withUnsafeReadableBytes { try file.write($0) }
    }
  }

  /// Deletes those that are still there.
  public func discard(_ files: [ReceivedFile]) async {
    guard !files.isEmpty else { return }
    await threads.runUncancelled { for file in files { unlink(file.url.path) } }
  }
}

/// A file of a form, where it was received.
public struct ReceivedFile: Sendable {
  /// The field that it came in.
  public let field: String
  /// What the sender calls it: text from a stranger, never part of a path.
  public let name: String
  public let url: URL
  public let bytes: Int
}
