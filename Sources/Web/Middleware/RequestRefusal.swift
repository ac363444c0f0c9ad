import HTTPTypes

/// Why a request gets no further, whatever it asks for: with a sentence for the page that says so.
public struct RequestRefusal: SentenceError {
  public let status: HTTPResponse.Status
  public var headers: HTTPFields = [:]
  public let sentence: Sentence
}
