/// The schema of what is done with messages: edits, deletions, replies, reactions and pins.
extension Migrations {
  /// `edited_at` is null until the first edit. `deleted_by` says whose doing it is that a message is empty: `author` or
  /// `administrator`; null where its author's account went. `reply_to` is the message that it answers, of the same
  /// conversation, `quote_start` and `quote_length` the stretch of that one's plain text that was chosen, in Unicode
  /// scalars: no copy of it, so that nothing of it stays when it goes.
  ///
  /// What was deleted waits in `withdrawn` for a moment, where its text and images can be taken back from: a null text
  /// stayed where it was. `forgetting` says whether bytes of what was edited or deleted may still stand in gaps of the
  /// file, as they do until it has been looked through once.
  static let acts = """
    ALTER TABLE message ADD COLUMN edited_at INTEGER;
    ALTER TABLE message ADD COLUMN deleted_by TEXT;
    ALTER TABLE message ADD COLUMN reply_to INTEGER;
    ALTER TABLE message ADD COLUMN quote_start INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE message ADD COLUMN quote_length INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE message ADD COLUMN reaction_count INTEGER NOT NULL DEFAULT 0;
    DROP INDEX message_by_conversation;
    CREATE INDEX message_by_conversation ON message (conversation_id, id, author_id, line, deleted_by);
    CREATE INDEX message_answering ON message (reply_to) WHERE reply_to IS NOT NULL;

    CREATE TABLE withdrawn (
      message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      user_id INTEGER NOT NULL,
      text TEXT,
      mentions TEXT NOT NULL,
      due_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX withdrawn_by_time ON withdrawn (due_at);
    CREATE TABLE withdrawn_attachment (
      attachment_id INTEGER PRIMARY KEY REFERENCES attachment (id) ON DELETE CASCADE,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE
    ) STRICT;
    CREATE INDEX withdrawn_attachment_by_message ON withdrawn_attachment (message_id);

    CREATE TABLE reaction (
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      emoji TEXT NOT NULL,
      user_id INTEGER NOT NULL REFERENCES user (id),
      created_at INTEGER NOT NULL,
      PRIMARY KEY (message_id, emoji, user_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reaction_by_user ON reaction (user_id, message_id);
    CREATE TRIGGER reaction_added AFTER INSERT ON reaction BEGIN
      UPDATE message SET reaction_count = reaction_count + 1 WHERE id = new.message_id;
    END;
    CREATE TRIGGER reaction_gone AFTER DELETE ON reaction BEGIN
      UPDATE message SET reaction_count = reaction_count - 1 WHERE id = old.message_id;
    END;

    CREATE TABLE pin (
      conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      created_at INTEGER NOT NULL,
      PRIMARY KEY (conversation_id, message_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pin_by_time ON pin (conversation_id, created_at, message_id);
    CREATE INDEX pin_by_message ON pin (message_id);

    CREATE TABLE forgetting (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      is_due INTEGER NOT NULL
    ) STRICT;
    INSERT INTO forgetting VALUES (1, 1);
    """
}
