import NIOCore

/// Reads a `multipart/form-data` body (RFC 7578) as it comes: text into fields, files to disk, nothing of a
/// file in memory beyond the chunk at hand. The next chunk is asked for when the last one is written.
struct MultipartForm: Sendable {
  let boundary: MultipartBoundary
  /// The most bytes of all text.
  let textBytes: Int
  /// nil passes files over; they count as text then.
  let intake: FileIntake?
  /// The body is known to be over the limits: nothing is stored of its files.
  var isTooLong = false

  /// What the part that is being read becomes.
  private enum Place {
    case nothing
    case text(name: String, [UInt8])
    case file(field: String, name: String, OutputFile?, bytes: Int)
  }

  /// - Throws: ``FormError``, or what the body throws. What was stored by then is deleted.
  func read<Body: AsyncSequence>(_ body: Body) async throws -> FormFields where Body.Element == ByteBuffer {
    var fields = FormFields()
    var place = Place.nothing
    do {
      try await read(body, into: &fields, &place)
      return fields
    } catch {
      if case .file(let field, let name, let sink?, let bytes) = place {
        await intake?.discard([ReceivedFile(field: field, name: name, url: sink.url, bytes: bytes)])
      }
      if let stop = error as? Stopped {
        fields.stop = stop.reason
        return fields
      }
      await intake?.discard(fields.files)
      throw error is MultipartError ? FormError.malformed : error
    }
  }

  private struct Stopped: Error {
    let reason: FormFields.Stop
  }

  private func read<Body: AsyncSequence>(
    _ body: Body, into fields: inout FormFields, _ place: inout Place
  ) async throws where Body.Element == ByteBuffer {
    var parser = MultipartParser(boundary: boundary, limits: MultipartLimits(parts: FormFields.maximumFields))
    var text = 0
    var stored = 0
    // Beside text and files there are headers, at most 8 KiB for each part, and line ends.
    let most = textBytes + (intake?.maximumBytes ?? 0) + FormFields.maximumFields * 8_192 + (1 << 16)
    var received = 0
    for try await chunk in body {
      received += chunk.readableBytes
      guard received <= most else { throw FormError.tooLarge }
      for event in try parser.feed(chunk) {
        switch event {
        case .part(let header):
          place = try begin(header, fields)
        case .data(let bytes):
          switch place {
          case .nothing: text += bytes.readableBytes
          case .text(let name, var value):
            text += bytes.readableBytes
            place = .nothing
            value.append(contentsOf: bytes.readableBytesView)
            place = .text(name: name, value)
          case .file(let field, let name, let sink, let count):
            // Only a field in which nothing was chosen may be one too many: it brings no bytes.
            guard let intake, fields.files.count < intake.maximumFiles else {
              throw Stopped(reason: .tooManyFiles)
            }
            stored += bytes.readableBytes
            place = try await store(bytes, of: field, name, sink, count, stored)
          }
          guard text <= textBytes else { throw FormError.tooLarge }
        case .partEnd:
          if case .file(let field, let name, nil, _) = place, !name.isEmpty {
            place = try await store(ByteBuffer(), of: field, name, nil, 0, stored)
          }
          end(place, &fields)
          place = .nothing
        }
      }
    }
    try parser.finish()
  }

  private func begin(_ header: PartHeader, _ fields: FormFields) throws -> Place {
    guard let fileName = header.fileName else { return .text(name: header.name, []) }
    guard let intake else { return .nothing }
    guard !isTooLong else { throw Stopped(reason: .tooLarge) }
    guard fields.files.count < intake.maximumFiles || fileName.isEmpty else {
      throw Stopped(reason: .tooManyFiles)
    }
    return .file(field: header.name, name: fileName, nil, bytes: 0)
  }

  private func store(
    _ bytes: ByteBuffer, of field: String, _ name: String, _ sink: OutputFile?, _ count: Int, _ stored: Int
  ) async throws -> Place {
    guard let intake else { return .nothing }
    let count = count + bytes.readableBytes
    guard count <= intake.maximumFileBytes else { throw Stopped(reason: .fileTooLarge(named: name)) }
    guard stored <= intake.maximumBytes else { throw Stopped(reason: .tooLarge) }
    if let reason = intake.stop(bytes.readableBytes) { throw Stopped(reason: reason) }
    let file: OutputFile
    do { file = if let sink { sink } else { try await intake.open() } } catch is StorageFailure {
      throw Stopped(reason: .notStored)
    }
    do {
      try await intake.write(bytes, to: file)
      return .file(field: field, name: name, file, bytes: count)
    } catch {
      await intake.discard([ReceivedFile(field: field, name: name, url: file.url, bytes: count)])
      throw error is StorageFailure ? Stopped(reason: .notStored) : error
    }
  }

  private func end(_ place: Place, _ fields: inout FormFields) {
    switch place {
    // A file field in which nothing was chosen comes as a file of no name and no bytes.
    case .nothing, .file(_, _, nil, _): break
    case .text(let name, let value): fields.append(String(decoding: value, as: UTF8.self), to: name)
    case .file(let field, let name, let sink?, let bytes):
      fields.files.append(ReceivedFile(field: field, name: name, url: sink.url, bytes: bytes))
    }
  }
}
