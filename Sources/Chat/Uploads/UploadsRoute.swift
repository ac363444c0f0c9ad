import HTTPTypes
import Hummingbird
import Logging
import Web

/// `GET /uploads/NAME`: an image, for those alone who may see what it belongs to, asked anew each time.
struct UploadsRoute: Feature {
  static let routes: [Route<UploadsRoute>] = [.get("/uploads/{name}", respond)]

  let database: ChatDatabase
  let uploads: Uploads

  private func respond(_ request: Request, _ context: SignedInContext) async throws -> Response {
    let viewer = context.viewer.id
    guard let name = context.parameters.get("name"),
      let attachment = try await database.read({ try Attachment.find(name, visibleTo: viewer, in: $0) })
    else { throw ChatError.notFound }
    let file = StoredFile(
      path: uploads.path(of: attachment), bytes: attachment.bytes, mediaType: attachment.mediaType,
      tag: attachment.name)
    do {
      var response = try await file.response(to: request)
      response.headers[.contentSecurityPolicy] = "default-src 'none'; sandbox"
      return response
    } catch let error as HTTPError where error.status == .notFound {
      context.logger.warning("An image is no longer here", metadata: ["name": "\(attachment.name)"])
      throw ChatError.notFound
    }
  }
}
