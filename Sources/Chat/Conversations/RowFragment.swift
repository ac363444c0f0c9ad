import Foundation
import Web

/// A row of the sidebar as HTML, in a page and in an event. What was rendered is kept for the next time it looks
/// the same.
struct RowFragment: Sendable {
  /// About as many rows as this has kilobytes.
  private static let keptBytes = 8 << 20

  private let templates: Templates
  private let kept = BoundedCache<Shown, String>(maximumBytes: keptBytes)

  init(templates: Templates) { self.templates = templates }

  /// All that it shows, and what it is kept under.
  private struct Shown: Hashable {
    let row: SidebarRow
    let viewer: User.ID?
    let isOnline: Bool
    let isCurrent: Bool
    let isMuted: Bool
    let reader: Reader
    let today: String
  }

  /// - Parameters:
  ///   - viewer: whose own messages read "You: …"; nil where the row is for many.
  ///   - now: by the reader's clock, what decides between time of day and date.
  func html(
    _ row: SidebarRow, viewer: User.ID?, isOnline: Bool, isCurrent: Bool = false, for reader: Reader,
    now: Timestamp = .now
  ) -> String {
    let shown = Shown(
      row: row, viewer: row.newest == nil ? nil : viewer, isOnline: isOnline, isCurrent: isCurrent,
      isMuted: row.mutedUntil > Date.now.milliseconds, reader: reader, today: now.day)
    if let html = kept.value(for: shown) { return html }
    let view = row.view(viewer: viewer, isOnline: isOnline, isCurrent: isCurrent, for: reader, now: now)
    let html = templates.render("fragments/row", view, in: reader.language)
    kept.keep(html, for: shown, bytes: html.utf8.count + (row.newest?.text.utf8.count ?? 0) + 512)
    return html
  }
}
