import GRDB

/// The schema, as steps that only ever get added and never change once landed.
///
/// Times are milliseconds since 1970 in UTC. An event's `audience` says who may see it: 0 everyone, a
/// positive number the members of that conversation, as far as ``Sight`` says, a negative one only the user of that
/// number; its `message_id` the message that it is about.
enum Migrations {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 people talk") { try $0.execute(sql: peopleTalk) }
    migrator.registerMigration("2 images") { try $0.execute(sql: images) }
    migrator.registerMigration("3 theme") { try $0.execute(sql: "ALTER TABLE user ADD COLUMN theme TEXT") }
    migrator.registerMigration("5 deletion") { try $0.execute(sql: deletion) }
    migrator.registerMigration("6 privacy and clock") { try $0.execute(sql: privacyAndClock) }
    migrator.registerMigration("7 sessions") { try $0.execute(sql: sessions) }
    migrator.registerMigration("8 usage") { try $0.execute(sql: usage) }
    migrator.registerMigration("9 membership") { try $0.execute(sql: membership) }
    migrator.registerMigration("10 files") { try $0.execute(sql: files) }
    migrator.registerMigration("11 folded names") { try $0.execute(sql: foldedNames) }
    migrator.registerMigration("12 domains") { try $0.execute(sql: domains) }
    migrator.registerMigration("13 groups") { try $0.execute(sql: groups) }
    migrator.registerMigration("14 mentions") { try $0.execute(sql: mentions) }
    migrator.registerMigration("15 standing") { try $0.execute(sql: standing) }
    migrator.registerMigration("16 reading") { try $0.execute(sql: reading) }
    migrator.registerMigration("17 acts") { try $0.execute(sql: acts) }
    migrator.registerMigration("18 withdrawal") { try $0.execute(sql: withdrawal) }
    migrator.registerMigration("19 site") { try $0.execute(sql: site) }
    return migrator
  }

  private static let peopleTalk = """
    CREATE TABLE user (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      full_name TEXT NOT NULL,
      sort_name TEXT NOT NULL,
      email TEXT NOT NULL,
      email_key TEXT NOT NULL UNIQUE,
      password_hash TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_seen_at INTEGER,
      is_online INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX user_by_name ON user (sort_name, id);
    CREATE INDEX user_online ON user (id) WHERE is_online = 1;

    CREATE VIRTUAL TABLE user_name USING fts5 (
      full_name, content = 'user', content_rowid = 'id', prefix = '1 2 3',
      tokenize = 'unicode61 remove_diacritics 2'
    );
    CREATE TRIGGER user_name_added AFTER INSERT ON user BEGIN
      INSERT INTO user_name (rowid, full_name) VALUES (new.id, new.full_name);
    END;
    CREATE TRIGGER user_name_changed AFTER UPDATE OF full_name ON user BEGIN
      INSERT INTO user_name (user_name, rowid, full_name) VALUES ('delete', old.id, old.full_name);
      INSERT INTO user_name (rowid, full_name) VALUES (new.id, new.full_name);
    END;
    CREATE TRIGGER user_name_gone AFTER DELETE ON user BEGIN
      INSERT INTO user_name (user_name, rowid, full_name) VALUES ('delete', old.id, old.full_name);
    END;

    CREATE TABLE session (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      token_hash BLOB NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      used_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      has_streamed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX session_by_user ON session (user_id);
    CREATE INDEX session_by_expiry ON session (expires_at);

    CREATE TABLE known_browser (
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      token_hash BLOB NOT NULL,
      used_at INTEGER NOT NULL,
      PRIMARY KEY (user_id, token_hash)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE conversation (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      kind TEXT NOT NULL CHECK (kind IN ('direct', 'group')),
      direct_key TEXT UNIQUE,
      name TEXT,
      created_at INTEGER NOT NULL,
      newest_message_id INTEGER,
      CHECK ((kind = 'direct') = (direct_key IS NOT NULL))
    ) STRICT;

    CREATE TABLE member (
      conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      user_id INTEGER NOT NULL REFERENCES user (id),
      joined_at INTEGER NOT NULL,
      last_read_message_id INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (conversation_id, user_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX member_by_user ON member (user_id, conversation_id);

    CREATE TABLE message (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      author_id INTEGER NOT NULL REFERENCES user (id),
      text TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      continues INTEGER NOT NULL DEFAULT 0,
      client_id TEXT,
      event_id INTEGER NOT NULL DEFAULT 0,
      UNIQUE (author_id, client_id)
    ) STRICT;
    CREATE INDEX message_by_conversation ON message (conversation_id, id, author_id);

    CREATE TABLE event (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      audience INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject_id INTEGER NOT NULL,
      number INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX event_by_audience ON event (audience, id);
    CREATE INDEX event_by_time ON event (created_at);

    CREATE TABLE event_log (
      pruned_through INTEGER NOT NULL
    ) STRICT;
    INSERT INTO event_log VALUES (0);

    CREATE TABLE health (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      checked_at INTEGER NOT NULL
    ) STRICT;
    """

  private static let sessions = """
    ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';
    ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';

    CREATE TABLE ended_session (
      token_hash BLOB PRIMARY KEY,
      reason TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX ended_session_by_expiry ON ended_session (expires_at);
    """

  private static let images = """
    CREATE TABLE attachment (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      owner_id INTEGER NOT NULL REFERENCES user (id),
      message_id INTEGER REFERENCES message (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      media_type TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      alt TEXT NOT NULL,
      is_missing INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      CHECK ((kind = 'message') = (message_id IS NOT NULL))
    ) STRICT;
    CREATE INDEX attachment_by_message ON attachment (message_id, position) WHERE message_id IS NOT NULL;
    CREATE INDEX attachment_by_owner ON attachment (owner_id, bytes);
    CREATE INDEX attachment_draft ON attachment (created_at) WHERE kind = 'draft';

    ALTER TABLE message ADD COLUMN image_count INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE user ADD COLUMN picture TEXT;
    """

  /// A user without a name is a deleted one. The triggers are for what was on its way when the account went:
  /// nothing of a deleted user is written any more.
  private static let deletion = """
    CREATE TABLE deletion (
      user_id INTEGER PRIMARY KEY REFERENCES user (id),
      due_at INTEGER NOT NULL,
      keeps_messages INTEGER NOT NULL
    ) STRICT;
    CREATE TRIGGER deleted_user_stays BEFORE UPDATE ON user WHEN old.full_name = '' BEGIN
      SELECT raise(IGNORE);
    END;
    CREATE TRIGGER deleted_user_session BEFORE INSERT ON session
    WHEN (SELECT full_name FROM user WHERE id = new.user_id) = '' BEGIN
      SELECT raise(IGNORE);
    END;
    CREATE TRIGGER deleted_user_browser BEFORE INSERT ON known_browser
    WHEN (SELECT full_name FROM user WHERE id = new.user_id) = '' BEGIN
      SELECT raise(IGNORE);
    END;
    CREATE TRIGGER deleted_user_mark BEFORE UPDATE OF last_read_message_id ON member
    WHEN (SELECT full_name FROM user WHERE id = new.user_id) = '' BEGIN
      SELECT raise(IGNORE);
    END;
    CREATE TRIGGER deleted_user_image BEFORE INSERT ON attachment
    WHEN (SELECT full_name FROM user WHERE id = new.owner_id) = '' BEGIN
      SELECT raise(ABORT, 'the owner is deleted');
    END;
    """

  /// How many bytes of text each person has stored, and no session that lasts longer than a year. A message whose
  /// text goes, with its author or by itself, counts no longer.
  private static let usage = """
    CREATE TABLE text_usage (
      user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
      bytes INTEGER NOT NULL
    ) STRICT;
    INSERT INTO text_usage
      SELECT author_id, sum(length(CAST(text AS BLOB))) FROM message GROUP BY author_id;
    CREATE TRIGGER text_counts AFTER INSERT ON message BEGIN
      INSERT INTO text_usage VALUES (new.author_id, length(CAST(new.text AS BLOB)))
      ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes;
    END;
    CREATE TRIGGER text_changes AFTER UPDATE OF text ON message BEGIN
      UPDATE text_usage
      SET bytes = bytes + length(CAST(new.text AS BLOB)) - length(CAST(old.text AS BLOB))
      WHERE user_id = new.author_id;
    END;
    CREATE TRIGGER text_goes AFTER DELETE ON message BEGIN
      UPDATE text_usage SET bytes = bytes - length(CAST(old.text AS BLOB)) WHERE user_id = old.author_id;
    END;

    UPDATE session SET expires_at = min(expires_at, created_at + 31536000000);
    CREATE INDEX session_by_use ON session (user_id, used_at);
    DROP INDEX session_by_user;
    """

  /// `hour_cycle` is 12 or 24, and null until the person or one of their browsers has said.
  private static let privacyAndClock = """
    ALTER TABLE user ADD COLUMN hides_presence INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE user ADD COLUMN time_zone TEXT;
    ALTER TABLE user ADD COLUMN hour_cycle INTEGER;
    CREATE INDEX user_hidden ON user (id) WHERE hides_presence = 1;
    """
}
