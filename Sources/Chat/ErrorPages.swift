import Foundation
import GRDB
import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import Web

/// Turns what a route throws into an answer: expected failures into a page with a plain sentence, all else
/// into one page with the request's id, its details in the log alone.
struct ErrorPages: RouterMiddleware {
  let layout: PageLayout

  func handle(
    _ request: Request, context: ChatContext, next: (Request, ChatContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch ChatError.signedOut {
      return signedOut(request)
    } catch ChatError.notFound {
      return page(request, .notFound, Self.notFound)
    } catch ChatError.malformed {
      return page(request, .badRequest, Self.malformed)
    } catch ChatError.tooMany(let seconds) {
      let sentence = Sentence(
        "That was too often. Wait {time}, then try again.", ["time": Wait(seconds).words])
      return page(request, .tooManyRequests, sentence, headers: [.retryAfter: String(seconds)])
    } catch let error as MessagePages.Gone {
      return page(request, .notFound, error.sentence)
    } catch let error as MessageRefusal {
      return page(request, error.status, error.sentence)
    } catch let error as GroupRefusal {
      return page(request, error.status, error.sentence)
    } catch let error as FormError {
      return form(request, error)
    } catch let error as RequestRefusal {
      return page(request, error.status, error.sentence, headers: error.headers)
    } catch let error as HTTPError where error.status != .internalServerError {
      let sentence = error.status == .notFound ? Self.notFound : Self.malformed
      return page(request, error.status, sentence, headers: error.headers)
    } catch let error as DatabaseError where error.meansUnwritable {
      context.logger.error("The database cannot be used", metadata: ["error": "\(error.resultCode)"])
      let sentence = Sentence("The server cannot store anything at the moment. Try again in a while.")
      return page(request, .serviceUnavailable, sentence, headers: [.retryAfter: "10"])
    } catch is Writer.Busy {
      let sentence = Sentence("The server is busy at the moment. Try again.")
      return page(request, .serviceUnavailable, sentence, headers: [.retryAfter: "2"])
    } catch let error as HTTPParserError {
      // The server answers this one itself, with 400, and closes the connection.
      throw error
    } catch is CancellationError {
      throw CancellationError()
    } catch let error where error.meansClientGone || !context.channel.isActive {
      // Nobody waits for an answer, and this can be brought about at will.
      throw error
    } catch {
      context.logger.error(
        "A request failed",
        metadata: [
          "error": "\(error)", "method": "\(request.method)", "path": "\(Self.loggable(request.uri.path))",
        ])
      let sentence = Sentence(
        "Something went wrong on the server. Nothing you have sent is lost. Go back and try again.")
      return page(request, .internalServerError, sentence, requestID: context.id)
    }
  }

  /// The path, without a secret that stands in it.
  private static func loggable(_ path: String) -> String {
    path.hasPrefix(SetupLink.path) ? SetupLink.path + "…" : path
  }

  static let notFound = Sentence(
    "There is nothing here, or you are not allowed to see it. It may have been removed.")
  private static let malformed = Sentence("The server could not read what was sent. Go back and try again.")

  private func signedOut(_ request: Request) -> Response {
    let isPage = [.get, .head].contains(request.method)
    guard !request.wantsFragment, request.uri.path != "/events", !request.uri.path.hasPrefix("/uploads/")
    else {
      return Response(
        status: .unauthorized, headers: [.cacheControl: "no-store", .contentType: "text/plain"],
        body: .init(
          byteBuffer: ByteBuffer(string: layout.language(of: request).text(Sentence("Log in first.")) + "\n"))
      )
    }
    return .seeOther(LocalPath(isPage ? request.uri.string : referer(of: request)).query(of: "/login"))
  }

  /// The page that a form was sent from.
  private func referer(of request: Request) -> String {
    guard let referer = request.headers[.referer].flatMap({ URLComponents(string: $0) }) else { return "/" }
    return referer.path
  }

  private func form(_ request: Request, _ error: FormError) -> Response {
    switch error {
    case .malformed: page(request, .badRequest, Self.malformed)
    case .tooLarge: page(request, .contentTooLarge, Sentence("That is too large for the server to accept."))
    case .unsupportedType:
      page(request, .unsupportedMediaType, Sentence("The server does not accept this kind of form."))
    }
  }

  private func page(
    _ request: Request, _ status: HTTPResponse.Status, _ sentence: Sentence, headers: HTTPFields = [:],
    requestID: String? = nil
  ) -> Response {
    var headers = headers
    headers[.cacheControl] = "no-store"
    guard !request.wantsFragment else {
      return .html(
        "<p>\(htmlEscaped(layout.language(of: request).text(sentence)))</p>\n", status: status,
        headers: headers)
    }
    let heading = status == .notFound ? Sentence("Nothing here") : Sentence("That did not work")
    return layout.response(
      "pages/error", to: request, title: heading, bodyClass: "error-page", status: status,
      headers: headers,
      values: [
        "heading": heading, "sentence": sentence, "requestID": requestID,
      ])
  }
}
