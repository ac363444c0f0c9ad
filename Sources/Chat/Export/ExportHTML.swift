import NIOCore
import Web

/// The pages for people, which open from the folder in any browser and in their theme.
struct ExportHTML: Sendable {
  let templates: Templates
  let assets: Assets
  let plan: ExportPlan
  let language: Language

  /// The style sheets as they are served, and what sets the viewer's own messages apart.
  var style: ByteBuffer {
    var style = assets.bytes(of: "css/app.css")
    style.writeImmutableBuffer(assets.bytes(of: "css/chat.css"))
    style.writeImmutableBuffer(assets.bytes(of: "css/themes.css"))
    let own = PageLayout.style(for: plan.profile.user.id)
    style.writeString("\n" + templates.render("export/style", View(["own": own]), in: language))
    return style
  }

  /// - Parameter picture: the path of the profile picture's file.
  func index(picture: String?) -> ByteBuffer {
    let made = Timestamp(plan.madeAt, plan.clock)
    return page(
      "export/index", title: Sentence("Your data"), top: "",
      [
        "madeOn": made.dayInWords, "madeAt": made.clock, "zone": zone,
        "picture": picture,
        "fullName": plan.profile.user.fullName,
        "email": plan.profile.email,
        "memberSince": Timestamp(plan.profile.createdAt, plan.clock).dayInWords,
        "settings": plan.settings.map { View(["name": $0.name, "value": $0.words]) },
        "conversations": plan.conversations.map { each in
          View([
            "id": each.conversation.id, "name": each.name, "initials": each.initials,
            "colour": Avatar.colour(of: each.identity), "amount": each.amount.words,
          ])
        },
      ])
  }

  private var zone: Sentence { plan.clock.zone.map { .verbatim($0.text) } ?? Sentence("UTC") }

  func conversation(_ conversation: ExportedConversation, _ page: ExportedPage) -> ByteBuffer {
    var day = ""
    var messages = ""
    for message in page.messages {
      let time = Timestamp(message.createdAt, plan.clock)
      messages += html(message, time, page, isNewDay: time.day != day)
      day = time.day
    }
    let title =
      page.number == 1
      ? conversation.name
      : Sentence("{name}, page {number}", ["name": conversation.name, "number": page.number])
    return self.page(
      "export/conversation", title: title, top: "../../",
      [
        "name": conversation.name, "messages": messages, "range": page.range, "zone": zone,
        "paged": page.number > 1 || page.hasNext,
        "previous": page.number > 1 ? page.number - 1 : nil,
        "next": page.hasNext ? page.number + 1 : nil,
      ])
  }

  private func html(_ message: Message, _ time: Timestamp, _ page: ExportedPage, isNewDay: Bool) -> String {
    let author = message.author
    return templates.render(
      "export/message",
      View([
        "line": message.line?.sentence(by: author, text: message.text),
        "day": isNewDay ? View(["iso": time.day, "text": time.dayInWords]) : nil,
        "continues": message.continues && !isNewDay,
        "large": EmojiText.isAll(of: message.text),
        "id": message.id,
        "authorID": author.id,
        "authorName": author.name,
        "initials": author.initials,
        "colour": Avatar.colour(of: author.id),
        "images": message.attachments.map { image in
          View([
            "file": page.file(of: image), "width": image.size?.width, "height": image.size?.height,
            "alt": image.words(by: author),
          ])
        },
        "text": message.text,
        "deleted": message.isDeleted ? message.deletedWords : nil,
        "edited": message.editedAt != nil && !message.isDeleted,
        "answers": message.quote?.original.map { View(["name": $0.author.name, "line": $0.words]) },
        "answersLost": message.quote.map { $0.original == nil } ?? false,
        "reactions": message.reactions.map(\.view),
        "iso": time.iso,
        "time": time.clock,
      ]), in: language)
  }

  private func page(
    _ template: String, title: Sentence, top: String, _ values: [String: (any Sendable)?]
  ) -> ByteBuffer {
    let view = View(values).adding([
      "language": language.tag, "direction": language.direction, "title": title, "top": top,
      "theme": plan.theme == .system ? nil : plan.theme.rawValue,
    ])
    return ByteBuffer(string: templates.render(template, view, in: language))
  }
}
