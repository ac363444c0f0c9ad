import ArgumentParser

/// How large a data folder is made.
struct SizeOptions: ParsableArguments {
  @Option(help: "People with an account.")
  var users = 10_000

  @Option(help: "Conversations of two.")
  var conversations = 5_000

  @Option(help: "Messages in them.")
  var messages = 1_000_000

  func size(group: Int) -> Dataset.Size {
    Dataset.Size(users: users, conversations: conversations, messages: messages, group: group)
  }
}
