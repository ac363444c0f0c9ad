/// A form that may bring files, which go to the disk as they come and count against the room of who sends them.
struct FileForm: Sendable {
  /// The most bytes of its text.
  let textBytes: Int
  /// The most files.
  let most: Int
  /// What its file takes the place of.
  var replaced: Attachment.Kind?
}
