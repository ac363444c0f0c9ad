import Web

/// What the body of a request may bring to a route.
enum RouteBody: Sendable {
  /// Nothing that anybody reads.
  case none
  /// A form of so many bytes; files in it are passed over.
  case form(Int)
  case files(FileForm)

  /// `16 KiB`, `128 KiB and 10 files of 10 MiB`
  var words: Sentence {
    switch self {
    case .none: Sentence("no body")
    case .form(let bytes): Sentence("{size} KiB", ["size": bytes >> 10])
    case .files(let form):
      Sentence(
        "{size} KiB and {files} of {most} MiB",
        [
          "size": form.textBytes >> 10,
          "files": form.most == 1
            ? Sentence("a file") : Sentence(one: "{count} file", other: "{count} files", count: form.most),
          "most": Uploads.maximumFileBytes >> 20,
        ])
    }
  }
}
