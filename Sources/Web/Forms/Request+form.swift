import HTTPTypes
import Hummingbird
import NIOCore

extension Request {
  /// Reads the whole body as a form of either type. Files are passed over.
  /// - Parameter limit: the most bytes that are taken.
  /// - Throws: ``FormError``.
  public func form(limit: Int) async throws -> FormFields {
    guard let boundary = try multipartBoundary else { return try await urlencodedForm(limit: limit) }
    try checkLength(limit: limit)
    let fields = try await MultipartForm(boundary: boundary, textBytes: limit, intake: nil).read(body)
    guard fields.stop == nil else { throw FormError.tooLarge }
    return fields
  }

  /// Reads a form that may bring files, and hands it to `use`. Files that are still where they were received
  /// when that returns are deleted. The upload may take up to ten minutes to arrive.
  /// - Parameter limit: the most bytes of its text.
  /// - Throws: ``FormError``, and what `use` throws. Too many or too large files are no error, see
  ///   ``FormFields/stop``.
  public func withForm<Value>(
    limit: Int, intake: FileIntake, on channel: any Channel,
    _ use: (FormFields) async throws -> Value
  ) async throws -> Value {
    guard let boundary = try multipartBoundary else { return try await use(urlencodedForm(limit: limit)) }
    let form = MultipartForm(
      boundary: boundary, textBytes: limit, intake: intake,
      // Browsers send text before files: it is read, and the files are not begun.
      isTooLong: contentLength.map { $0 > limit + intake.maximumBytes } ?? false)
    channel.triggerUserOutboundEvent(UploadBegins(), promise: nil)
    let fields = try await form.read(body)
    do {
      let value = try await use(fields)
      await intake.discard(fields.files)
      return value
    } catch {
      await intake.discard(fields.files)
      throw error
    }
  }

  /// Whether ``withForm(limit:intake:on:_:)`` may take in files of it.
  /// - Throws: ``FormError``.
  public var mayBringFiles: Bool { get throws { try multipartBoundary != nil } }

  private var contentLength: Int? { headers[.contentLength].flatMap { Int($0) } }

  /// - Returns: nil for a urlencoded form.
  private var multipartBoundary: MultipartBoundary? {
    get throws {
      let type = headers[.contentType] ?? ""
      switch (type.split(separator: ";").first ?? "").filter({ $0 != " " }).lowercased() {
      case "", "application/x-www-form-urlencoded": return nil
      case "multipart/form-data":
        guard let boundary = MultipartBoundary(contentType: type) else { throw FormError.malformed }
        return boundary
      default: throw FormError.unsupportedType
      }
    }
  }

  private func checkLength(limit: Int) throws {
    if let contentLength, contentLength > limit { throw FormError.tooLarge }
  }

  private func urlencodedForm(limit: Int) async throws -> FormFields {
    try checkLength(limit: limit)
    var bytes: [UInt8] = []
    for try await chunk in body {
      guard bytes.count + chunk.readableBytes <= limit else { throw FormError.tooLarge }
      bytes.append(contentsOf: chunk.readableBytesView)
    }
    return try FormFields(urlencoded: bytes)
  }
}
