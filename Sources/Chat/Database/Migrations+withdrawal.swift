/// The schema of what was deleted a moment ago: each piece is its deleter's to take back.
extension Migrations {
  /// `withdrawn` is of whole messages from now on; pictures that were deleted have a deleter and a time of their own. What
  /// was pinned or reacted to of people whose accounts are gone goes with them.
  static let withdrawal = """
    ALTER TABLE withdrawn_attachment ADD COLUMN user_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE withdrawn_attachment ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
    UPDATE withdrawn_attachment SET (user_id, due_at) = (
      SELECT user_id, due_at FROM withdrawn WHERE withdrawn.message_id = withdrawn_attachment.message_id)
    WHERE message_id IN (SELECT message_id FROM withdrawn);
    DELETE FROM withdrawn WHERE text IS NULL;
    CREATE INDEX withdrawn_attachment_by_time ON withdrawn_attachment (due_at);

    DELETE FROM pin WHERE message_id IN (
      SELECT id FROM message WHERE text = '' AND attachment_count = 0 AND deleted_by IS NULL AND line IS NULL);
    DELETE FROM reaction WHERE message_id IN (
      SELECT id FROM message WHERE text = '' AND attachment_count = 0 AND deleted_by IS NULL AND line IS NULL);
    """
}
