/// The schema of who is in a conversation and sees what of it, and of files of any kind.
extension Migrations {
  /// A row of `member` is a membership that lasts, one of `earlier_membership` one that has ended. The view `sight`
  /// is the one place that says what of a conversation a member may see: see ``Sight``. `after_…` is what was there
  /// already, `last_…` the last that there was.
  ///
  /// `last_read_message_id` is the furthest that a member has ever read, `unread_after_message_id` where the count of
  /// what is unread begins, and `read_event_id` the newest event when that last moved. How far someone has read is
  /// told by passing events, and no longer by the log.
  static let membership = """
    ALTER TABLE conversation ADD COLUMN shows_earlier INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE member ADD COLUMN after_message_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE member ADD COLUMN after_event_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE member ADD COLUMN unread_after_message_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE member ADD COLUMN read_event_id INTEGER NOT NULL DEFAULT 0;
    UPDATE member SET unread_after_message_id = last_read_message_id;

    CREATE TABLE earlier_membership (
      conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      user_id INTEGER NOT NULL REFERENCES user (id),
      after_message_id INTEGER NOT NULL,
      last_message_id INTEGER NOT NULL,
      after_event_id INTEGER NOT NULL,
      last_event_id INTEGER NOT NULL,
      PRIMARY KEY (conversation_id, user_id, after_event_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX earlier_membership_by_user ON earlier_membership (user_id, conversation_id);

    CREATE VIEW sight AS
      SELECT member.user_id, member.conversation_id, conversation.kind = 'group' AS is_group,
        iif(conversation.shows_earlier, 0, member.after_message_id) AS after_message_id,
        9223372036854775807 AS last_message_id,
        iif(conversation.shows_earlier, 0, member.after_event_id) AS after_event_id,
        9223372036854775807 AS last_event_id
      FROM member JOIN conversation ON conversation.id = member.conversation_id
      UNION ALL
      SELECT earlier.user_id, earlier.conversation_id, 1, earlier.after_message_id, earlier.last_message_id,
        earlier.after_event_id, earlier.last_event_id
      FROM earlier_membership AS earlier JOIN member
        ON member.conversation_id = earlier.conversation_id AND member.user_id = earlier.user_id;

    ALTER TABLE event ADD COLUMN message_id INTEGER;
    UPDATE event SET message_id = subject_id WHERE kind = 'message.posted';
    DELETE FROM event WHERE kind = 'read';

    CREATE TABLE follower (
      name TEXT PRIMARY KEY,
      last_event_id INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    DROP TRIGGER deleted_user_mark;
    CREATE TRIGGER deleted_user_mark BEFORE UPDATE OF last_read_message_id, unread_after_message_id ON member
    WHEN (SELECT full_name FROM user WHERE id = new.user_id) = '' BEGIN
      SELECT raise(ABORT, 'the user is deleted');
    END;
    CREATE TRIGGER deleted_user_joins BEFORE INSERT ON member
    WHEN (SELECT full_name FROM user WHERE id = new.user_id) = '' BEGIN
      SELECT raise(ABORT, 'the user is deleted');
    END;
    """

  /// An attachment need not be an image, and a picture can be a group's, which stays when the one who gave it goes.
  static let files = """
    CREATE TABLE new_attachment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      owner_id INTEGER REFERENCES user (id),
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
      message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      media_type TEXT NOT NULL,
      width INTEGER,
      height INTEGER,
      bytes INTEGER NOT NULL,
      alt TEXT NOT NULL,
      is_missing INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      CHECK ((kind = 'message') = (message_id IS NOT NULL)),
      CHECK ((kind = 'group picture') = (conversation_id IS NOT NULL)),
      CHECK ((owner_id IS NULL) = (conversation_id IS NOT NULL)),
      CHECK ((width IS NULL) = (height IS NULL))
    ) STRICT;
    INSERT INTO new_attachment
      SELECT id, name, kind, owner_id, NULL, message_id, position, media_type, width, height, bytes, alt,
        is_missing, created_at FROM attachment;
    DROP TABLE attachment;
    ALTER TABLE new_attachment RENAME TO attachment;
    ALTER TABLE message RENAME COLUMN image_count TO attachment_count;
    CREATE INDEX attachment_by_message ON attachment (message_id, position) WHERE message_id IS NOT NULL;
    CREATE INDEX attachment_by_owner ON attachment (owner_id, bytes);
    CREATE INDEX attachment_draft ON attachment (created_at) WHERE kind = 'draft';
    CREATE UNIQUE INDEX attachment_of_group ON attachment (conversation_id) WHERE conversation_id IS NOT NULL;
    CREATE TRIGGER deleted_user_image BEFORE INSERT ON attachment
    WHEN (SELECT full_name FROM user WHERE id = new.owner_id) = '' BEGIN
      SELECT raise(ABORT, 'the owner is deleted');
    END;
    """
}
