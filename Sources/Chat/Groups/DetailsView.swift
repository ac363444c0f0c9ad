import GRDB
import Web

/// What the page *Details* shows, read from one point in time.
struct DetailsView: Sendable {
  /// The newest images that are shown.
  static let images = 12
  static let commonGroups = 30

  /// What modules can have alone, by its element's id, which its template is named after.
  enum Part: String, Sendable {
    case candidates, members, loudness
    case edit = "group-edit"
  }

  let event: Event.ID
  let conversation: Conversation
  let group: Group?
  let other: User.Profile?
  let common: [Group]
  let role: Role
  let viewer: User.ID
  let members: MemberList?
  let member: String
  let choice: PeopleChoice?
  let pictures: [(message: Message.ID, image: Attachment)]
  let pins: [Pin]
  let loudness: Loudness

  /// Those whose presence the page shows.
  var people: [User.ID] { (members?.members ?? []).map(\.user.id) + [other?.user.id].compactMap { $0 } }

  /// - Throws: ``ChatError/notFound`` where the viewer is no member.
  static func load(
    _ id: Conversation.ID, for viewer: User.ID, online: Set<User.ID>, member: String,
    after: (name: String, id: User.ID)?, form: GroupForm, in db: Database
  ) throws -> DetailsView {
    guard let conversation = try Conversation.find(id, of: viewer, in: db),
      let role = try Role.of(viewer, in: id, db: db), let sight = try Sight.of(viewer, in: id, db: db)
    else { throw ChatError.notFound }
    let group = try Group.find(id, in: db)
    let other = conversation.other(than: viewer)
    return DetailsView(
      event: try Event.newest(visibleTo: viewer, in: db), conversation: conversation, group: group,
      other: try other.flatMap { try User.profile($0, in: db) },
      common: try other.map { try Group.common(viewer, $0, limit: commonGroups, in: db) } ?? [], role: role,
      viewer: viewer,
      members: group == nil
        ? nil : try MemberList.load(of: id, online: online, find: member, after: after, in: db),
      member: member,
      choice: group == nil || role != .administrator
        ? nil
        : try PeopleChoice.load(
          field: "user", find: form.find, chosen: form.people, without: viewer, conversation: id, in: db),
      pictures: try Attachment.newest(images, of: id, sight, in: db),
      pins: try Pin.all(of: id, sight, in: db),
      loudness: try Loudness.of(viewer, in: id, db: db))
  }

  func values(
    _ form: GroupForm, onlineCount: Int, isOnline: (User.ID) -> Bool, clock: Clock,
    lastSeen: (User.ID) -> Milliseconds?
  ) -> [String: (any Sendable)?] {
    let address = "/conversations/\(conversation.id)"
    var values: [String: (any Sendable)?] = choice?.values(isOnline: isOnline) ?? [:]
    values["choiceAddress"] = address + "/details"
    values["address"] = address
    values["pictures"] = pictures.map {
      View([
        "message": $0.message, "name": $0.image.name,
        "alt": $0.image.alt.isEmpty ? Sentence("Image") : .verbatim($0.image.alt),
      ])
    }
    values["hasPictures"] = !pictures.isEmpty
    values["pinned"] = View(["key": conversation.key, "pins": pins.map(\.view)])
    values["loudness"] = View(loudness.values)
    if let group {
      values["group"] = group.view.adding([
        "allMembers": Sentence(
          one: "All {count} member", other: "All {count} members", count: group.memberCount),
        "faces": GroupFaces.views(conversation.faces),
        "access": group.access == .open ? Sentence("open to everyone here") : Sentence("by invitation"),
        "online": MembersOnline.words(onlineCount),
        "onlyAdministrators": group.writers == .administrators,
      ])
      values["administers"] = role == .administrator
      values["isAdding"] = form.isFinding || form.peopleError != nil
      values["findMembers"] = group.memberCount >= MemberList.findable
      values["member"] = member
      values["members"] = members?.members.map { view($0, isOnline, clock, lastSeen) }
      values["nobodyFound"] = members?.members.isEmpty == true
      let more = members?.next.map {
        address + "/details?start=" + URLQuery.encoded("\($0.id).\($0.name)") + "&member="
          + URLQuery.encoded(member)
      }
      let optional: [String: (any Sendable)?] = [
        "edit": role == .administrator ? View(editValues(group, form)) : nil, "peopleError": form.peopleError,
        "more": more,
      ]
      values.merge(optional) { $1 }
    }
    values.merge(["error": form.error]) { $1 }
    if let other {
      values["other"] = Self.view(of: other, common: common, isOnline: isOnline(other.user.id), clock)
    }
    return values
  }

  /// What the template of a part is given.
  /// - Parameter values: of the whole page.
  func values(
    of part: Part, _ form: GroupForm, _ values: [String: (any Sendable)?]
  ) -> [String: (any Sendable)?] {
    let alone: [String: (any Sendable)?] =
      switch part {
      case .candidates: [:]
      case .members: ["membersError": form.error]
      case .loudness: loudness.values
      case .edit: group.map { editValues($0, form) } ?? [:]
      }
    return values.merging(alone) { $1 }
  }

  /// Somebody's profile as others see it.
  /// - Parameter common: the groups that both are in.
  static func view(of other: User.Profile, common: [Group], isOnline: Bool, _ clock: Clock) -> View {
    let since = Timestamp(other.createdAt, clock)
    return View([
      "id": other.user.id, "name": other.user.name, "picture": other.user.picture,
      "initials": other.user.initials, "colour": Avatar.colour(of: other.user.id),
      "since": other.user.isDeleted ? nil : View(["iso": since.day, "text": since.dayInWords]),
      "presence": isOnline ? Sentence("online") : nil, "common": common.map(\.view),
      "hasCommon": !common.isEmpty,
    ])
  }

  private func editValues(_ group: Group, _ form: GroupForm) -> [String: (any Sendable)?] {
    let isRefused = form.nameError != nil || form.descriptionError != nil || form.pictureError != nil
    return [
      "isRefused": isRefused, "name": isRefused ? form.name : group.name, "nameError": form.nameError,
      "description": isRefused ? form.description ?? group.description : group.description,
      "descriptionError": form.descriptionError, "pictureError": form.pictureError,
      "hasPicture": group.picture != nil,
      "isOpen": isRefused ? form.access == .open : group.access == .open, "showsEarlier": group.showsEarlier,
      "mayShowEarlier": group.showsEarlier,
      "onlyAdministrators": (isRefused ? form.writers ?? group.writers : group.writers) == .administrators,
    ]
  }

  private func view(
    _ member: MemberList.Member, _ isOnline: (User.ID) -> Bool, _ clock: Clock,
    _ lastSeen: (User.ID) -> Milliseconds?
  ) -> View {
    let (user, isMe) = (member.user, member.user.id == viewer)
    let administers = role == .administrator
    return View([
      "id": user.id, "name": user.name, "picture": user.picture, "initials": user.initials,
      "colour": Avatar.colour(of: user.id), "isMe": isMe,
      "presence": isOnline(user.id) ? Sentence("online") : nil,
      "lastSeen": isOnline(user.id) ? nil : lastSeen(user.id).map { Fragments.lastSeen($0, clock) },
      "isAdministrator": member.role == .administrator,
      "promote": administers && member.role == .member,
      "demote": administers && member.role == .administrator,
      "remove": administers && !isMe, "hasActs": administers,
    ])
  }
}
