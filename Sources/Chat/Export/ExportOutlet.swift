import Hummingbird
import NIOCore
import Web

/// Where the files of a download go: through the archive to the client, in pieces of about 256 KiB, each taken
/// by the client before the next is made.
struct ExportOutlet {
  private static let pieceBytes = 256 << 10

  let folder: String
  /// Seconds since 1970.
  let time: Int
  let queue: BackgroundWork.Queue
  let progress: ExportProgress
  var writer: any ResponseBodyWriter
  private let zip: ZipArchive
  /// What has come out and is too little to be sent.
  private var pending = ByteBuffer()

  init(
    folder: String, time: Int, queue: BackgroundWork.Queue, progress: ExportProgress,
    writer: any ResponseBodyWriter
  ) throws {
    self.folder = folder
    self.time = time
    self.queue = queue
    self.progress = progress
    self.writer = writer
    zip = try ZipArchive()
  }

  /// A file of text, which `make` gives on the thread that compresses it.
  mutating func addText(_ name: String, _ make: @escaping @Sendable () throws -> ByteBuffer) async throws {
    let path = "\(folder)/\(name)"
    try await send(
      try await queue.run { [zip, time] in
        let text = try make()
        try zip.begin(path, .deflated, bytes: text.readableBytes, time: time)
        return try zip.write(text)
      })
  }

  /// An image from the disk.
  /// - Returns: false where its file is not there.
  mutating func addImage(_ image: Attachment, at file: String) async throws -> Bool {
    let path = "\(folder)/images/\(image.name)"
    let opened = try await queue.run { [zip, time] in
      let input = InputFile(path: file, bytes: image.bytes)
      if input != nil { try zip.begin(path, .stored, bytes: image.bytes, time: time) }
      return input
    }
    guard let opened else { return false }
    for start in stride(from: 0, to: image.bytes, by: Self.pieceBytes) {
      let count = min(Self.pieceBytes, image.bytes - start)
      try await send(
        try await queue.run { [zip] in try zip.write(try opened.read(at: start, count: count)) })
    }
    return true
  }

  mutating func finish() async throws {
    pending.writeImmutableBuffer(try await queue.run { [zip] in try zip.finish() })
    try await flush()
    try await writer.finish(nil)
  }

  private mutating func send(_ bytes: ByteBuffer) async throws {
    pending.writeImmutableBuffer(bytes)
    if pending.readableBytes >= Self.pieceBytes { try await flush() }
  }

  private mutating func flush() async throws {
    let start = NIODeadline.now()
    try await writer.write(pending)
    progress.add(sent: pending.readableBytes, after: .now() - start)
    pending = ByteBuffer()
  }
}
