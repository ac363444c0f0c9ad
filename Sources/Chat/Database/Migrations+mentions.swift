/// The schema of who is meant in a message.
extension Migrations {
  /// A stretch of a message's text, in Unicode scalars, that means one member, or all where `user_id` is 0.
  static let mentions = """
    CREATE TABLE mention (
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      user_id INTEGER NOT NULL,
      conversation_id INTEGER NOT NULL,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      PRIMARY KEY (message_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mention_of_user ON mention (user_id, conversation_id, message_id);
    ALTER TABLE message ADD COLUMN mention_count INTEGER NOT NULL DEFAULT 0;
    CREATE TRIGGER text_goes_with_mentions AFTER UPDATE OF text ON message
    WHEN new.text = '' AND old.mention_count > 0 BEGIN
      DELETE FROM mention WHERE message_id = new.id;
      UPDATE message SET mention_count = 0 WHERE id = new.id;
    END;
    """
}
