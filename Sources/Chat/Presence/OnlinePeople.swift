/// Who is online, as one viewer may know it: somebody who hides sees nobody, and is seen by nobody.
struct OnlinePeople: Sendable {
  /// The viewer may be among them.
  let users: Set<User.ID>
  /// How many there are beside the viewer; nil for one who hides.
  let count: Int?

  var isHidden: Bool { count == nil }
}
