import Web

/// What open streams are told of what was read in talks of two.
extension StreamHub {
  /// Tells one person's open pages what of theirs has been read.
  func tellReceipts(_ messages: [Message.ID], to author: User.ID) {
    for language in streams.languages {
      let outlets = streams.outlets(of: author, in: language)
      guard !outlets.isEmpty else { continue }
      let event = passing("receipt", fragments.said(in: language).read(messages))
      for outlet in outlets { outlet.offer(event) }
    }
  }

  /// Someone does not tell any more what they have read, and is not told: open pages say so of no message, on both sides.
  func takeBackReceipts(of user: User.ID) {
    let watching = board.sessions(watching: user)
    for language in streams.languages {
      let fragments = fragments.said(in: language)
      let others = passing("receipt", fragments.unread(in: "[data-with='\(user)']"))
      for stream in watching.flatMap({ streams.of(session: $0, in: language) }) {
        stream.outlet.offer(others)
      }
      let own = passing("receipt", fragments.unread(in: "[data-with]"))
      for outlet in streams.outlets(of: user, in: language) { outlet.offer(own) }
    }
  }
}
