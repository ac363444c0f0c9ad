import Web

/// Events of which many come in a moment, such as the reactions to one message: streams are told the last of each subject,
/// about ten times a second. They go out before any event of the log that is newer, so that who comes back and names that
/// one has them.
extension StreamHub {
  private static let interval = Duration.milliseconds(100)

  func gather(_ event: Event, _ content: any EventKind) {
    let isFirst = gathered.isEmpty
    gathered[event.subject] = (event, content)
    guard isFirst else { return }
    Task {
      try? await Task.sleep(for: Self.interval)
      await tellGathered()
    }
  }

  /// Something that shows the same and more is about to be sent.
  func dropGathered(of message: Message.ID) { gathered[message] = nil }

  private func tellGathered() async {
    var batch = EventBatch()
    await tellGathered(&batch)
    await batch.send()
  }

  func tellGathered(_ batch: inout EventBatch) async {
    guard !gathered.isEmpty else { return }
    let all = gathered.values.sorted { $0.event.id < $1.event.id }
    gathered = [:]
    for (event, content) in all {
      let listening = streams.listening(to: event, content.readers(of: event))
      guard let first = listening.first else { continue }
      for language in streams.languages {
        let outlets = listening.flatMap { streams.outlets(of: $0, in: language) }
        let html = content.html(for: first, fragments.said(in: language)) { _ in false }
        if let html, !outlets.isEmpty { batch.add(passing("gathered", html), to: outlets) }
      }
      if batch.isFull { await batch.send() }
    }
  }
}
