import Web

/// What came in the form of a group, and what is wrong with it.
struct GroupForm: Sendable {
  /// Every member's id takes some 15 bytes.
  static let files = FileForm(textBytes: 128 << 10, most: 1)
  /// It is shown small, beside the name.
  private static let maximumPicturePixels = 4_000_000

  struct Refusal: SentenceError {
    let sentence: Sentence
  }

  var name: String
  let description: String?
  let find: String
  /// Whether it was sent to find people, and is not done.
  let isFinding: Bool
  /// In the order in which they came, each once.
  let people: [User.ID]
  let access: Group.Access
  let showsEarlier: Bool
  let writers: Group.Writers?
  let removesPicture: Bool
  private let files: [ReceivedFile]
  private let stop: FormFields.Stop?

  var nameError: Sentence?
  var descriptionError: Sentence?
  var pictureError: Sentence?
  var peopleError: Sentence?
  /// Of what has no field of its own.
  var error: Sentence?

  /// - Parameter people: what the form calls its field of people.
  init(_ fields: FormFields, people field: String = "member") {
    name = fields["name"]
    description = fields.contains("description") ? fields["description"] : nil
    find = String(fields["find"].prefix(80))
    isFinding = fields.contains("findPeople")
    let typed = fields.all(field)
    var seen: Set<User.ID> = []
    people = typed.compactMap { User.ID($0) }.filter { seen.insert($0).inserted }
    access = Group.Access(rawValue: fields["access"]) ?? .invited
    showsEarlier = fields["history"] == "all"
    writers = Group.Writers(rawValue: fields["writers"])
    removesPicture = fields.contains("removePicture")
    files = fields.files.filter { $0.field == "picture" }
    stop = fields.stop
    if typed.contains(where: { User.ID($0) == nil }) {
      peopleError = GroupRefusal.unknownPeople(typed.filter { User.ID($0) == nil }.count).sentence
    }
  }

  /// - Returns: nil where it is no name; then ``nameError`` says why.
  mutating func checkedName() -> GroupName? {
    do throws(GroupName.Refusal) { return try GroupName(name) } catch {
      nameError = error.sentence
      return nil
    }
  }

  /// - Throws: ``SentenceError`` where it cannot be taken.
  func takePicture(by uploads: Uploads) async throws -> StoredImage? {
    if let stop { throw Refusal(sentence: Self.sentence(of: stop)) }
    do {
      let taken = try await uploads.take(files, maximumPixels: Self.maximumPicturePixels)
      if let refused = taken.refused.first { throw Refusal(sentence: refused.sentence) }
      return taken.images.first
    } catch is StorageFailure {
      throw Refusal(sentence: Self.sentence(of: .notStored))
    }
  }

  private static func sentence(of stop: FormFields.Stop) -> Sentence {
    switch stop {
    case .fileTooLarge(let name): ImageRefusal.tooLarge(name).sentence
    case .tooManyFiles, .tooLarge: Sentence("A group’s picture is one image of up to 10 MiB.")
    case .quotaReached: Uploads.QuotaReached().sentence
    case .tooManyUploads: Sentence("Your other images are still uploading. Try again when they are done.")
    case .notStored: Sentence("The server cannot store pictures at the moment. Try again soon.")
    }
  }

  /// - Parameter isNew: nobody has sent it yet.
  func values(isNew: Bool) -> [String: (any Sendable)?] {
    [
      "name": name, "nameError": nameError, "pictureError": pictureError,
      "pictureAgain": pictureError == nil && !files.isEmpty && !isNew,
      "peopleError": peopleError, "descriptionError": descriptionError,
      "autofocus": isNew || nameError != nil,
      "isOpen": access == .open, "showsEarlier": showsEarlier, "mayShowEarlier": true,
    ]
  }
}
