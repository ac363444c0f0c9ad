/// What the body of a request may bring to a route.
enum RouteBody: Sendable, CustomStringConvertible {
  /// Nothing that anybody reads.
  case none
  /// A form of so many bytes; files in it are passed over.
  case form(Int)
  case files(FileForm)

  /// `16 KiB`, `128 KiB and 10 files of 10 MiB`
  var description: String {
    switch self {
    case .none: "no body"
    case .form(let bytes): "\(bytes >> 10) KiB"
    case .files(let form):
      "\(form.textBytes >> 10) KiB and \(form.most == 1 ? "a file" : "\(form.most) files") of "
        + "\(Uploads.maximumFileBytes >> 20) MiB"
    }
  }
}
