import Foundation
import Imaging
import Web

/// Takes received files in as images: libmagic and ``ImageFile`` agree on what each is, and it is stored
/// without its metadata, synced, under a random name. A file's name and the type it was sent with count for
/// nothing.
///
/// In the background: at most a file for each two cores is in memory, however many come at once.
struct ImageIntake: Sendable {
  let folder: UploadFolder
  let queue: BackgroundWork.Queue

  /// - Parameter maximumPixels: whole millions; fewer for a picture that is only shown small.
  /// - Throws: ``ImageRefusal`` or ``StorageFailure``.
  func take(_ file: ReceivedFile, maximumPixels: Int = ImageFile.maximumPixels) async throws -> StoredImage {
    try await queue.run {
      let bytes = try Self.read(file)
      let image = try Self.check(bytes, named: file.name, maximumPixels: maximumPixels)
      let name = UploadFolder.newName(extension: image.format.fileExtension)
      if image.isStored(as: bytes) {
        try OutputFile.sync(file.url)
        try folder.place(file.url, as: name)
      } else {
        let clean = folder.incoming.appending(path: name)
        do {
          try Self.write(image.pieces, of: bytes, to: clean)
          try folder.place(clean, as: name)
        } catch {
          unlink(clean.path)
          throw error
        }
      }
      return StoredImage(
        name: name, mediaType: image.format.mediaType, width: image.width, height: image.height,
        bytes: image.storedCount)
    }
  }

  private static func read(_ file: ReceivedFile) throws -> [UInt8] {
    guard let input = InputFile(path: file.url.path, bytes: file.bytes) else {
      throw StorageFailure(code: EIO)
    }
    return try input.bytes(file.bytes)
  }

  private static func check(
    _ bytes: [UInt8], named name: String, maximumPixels: Int
  ) throws(ImageRefusal) -> ImageFile {
    let type = FileType.current?.mediaType(of: bytes) ?? ""
    switch type {
    case "image/jpeg", "image/png", "image/apng", "image/vnd.mozilla.apng", "image/gif", "image/webp": break
    case "image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence":
      throw .unshowable(name, kind: "HEIC")
    case "image/avif": throw .unshowable(name, kind: "AVIF")
    default: throw .notAnImage(name)
    }
    do {
      let image = try ImageFile(bytes)
      guard type == image.format.mediaType || type.hasSuffix("apng") && image.format == .png else {
        throw ImageRefusal.notAnImage(name)
      }
      guard image.pixels <= maximumPixels else { throw ImageFile.Refusal.tooManyPixels }
      return image
    } catch let refusal as ImageRefusal {
      throw refusal
    } catch ImageFile.Refusal.tooManyPixels {
      throw .tooManyPixels(name, maximum: maximumPixels)
    } catch ImageFile.Refusal.tooLargeAnimation {
      throw .tooLargeAnimation(name)
    } catch ImageFile.Refusal.unknownFormat {
      throw .notAnImage(name)
    } catch ImageFile.Refusal.unusual {
      throw .unusual(name)
    } catch {
      throw .damaged(name)
    }
  }

  private static func write(_ pieces: [ImageFile.Piece], of bytes: [UInt8], to url: URL) throws {
    let file = try OutputFile(creating: url)
    for piece in pieces {
      switch piece {
      case .copied(let range): try bytes[range.clamped(to: bytes.indices)].withUnsafeBytes(file.write)
      case .made(let made): try made.withUnsafeBytes(file.write)
      }
    }
    try file.sync()
  }
}
