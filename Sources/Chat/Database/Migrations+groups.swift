/// The schema of groups: what one is, who may do what in it, and the lines that tell what happened in it.
extension Migrations {
  /// `line` is what a line of a group tells, see ``GroupLine``; in a message that somebody wrote it is null. Whom a line
  /// is about stands in `message_person`. `made_after_message_id` is the newest message of all when the group was made,
  /// and says where a group without messages stands in the list. `muted_until` is a time, and the largest number there is for good.
  static let groups = """
    ALTER TABLE conversation ADD COLUMN description TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN access TEXT NOT NULL DEFAULT 'invited';
    ALTER TABLE conversation ADD COLUMN writers TEXT NOT NULL DEFAULT 'everyone';
    ALTER TABLE conversation ADD COLUMN picture TEXT;
    ALTER TABLE conversation ADD COLUMN sort_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
    ALTER TABLE conversation ADD COLUMN made_after_message_id INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE conversation ADD COLUMN member_count INTEGER NOT NULL DEFAULT 0;
    UPDATE conversation SET member_count =
      (SELECT count(*) FROM member WHERE member.conversation_id = conversation.id);
    UPDATE conversation SET sort_name = sort_name(name), folded_name = folded_name(name) WHERE kind = 'group';
    CREATE INDEX open_group ON conversation (sort_name, id) WHERE access = 'open';
    CREATE INDEX abandoned_group ON conversation (id) WHERE kind = 'group' AND member_count = 0;

    CREATE TRIGGER member_added AFTER INSERT ON member BEGIN
      UPDATE conversation SET member_count = member_count + 1 WHERE id = new.conversation_id;
    END;
    CREATE TRIGGER member_gone AFTER DELETE ON member BEGIN
      UPDATE conversation SET member_count = member_count - 1 WHERE id = old.conversation_id;
    END;

    CREATE VIRTUAL TABLE group_name USING fts5 (
      folded_name, content = 'conversation', content_rowid = 'id', prefix = '1 2 3', tokenize = 'ascii'
    );
    INSERT INTO group_name (rowid, folded_name) SELECT id, folded_name FROM conversation WHERE kind = 'group';
    CREATE TRIGGER group_name_added AFTER INSERT ON conversation WHEN new.kind = 'group' BEGIN
      INSERT INTO group_name (rowid, folded_name) VALUES (new.id, new.folded_name);
    END;
    CREATE TRIGGER group_name_changed AFTER UPDATE OF folded_name ON conversation WHEN new.kind = 'group' BEGIN
      INSERT INTO group_name (group_name, rowid, folded_name) VALUES ('delete', old.id, old.folded_name);
      INSERT INTO group_name (rowid, folded_name) VALUES (new.id, new.folded_name);
    END;
    CREATE TRIGGER group_name_gone AFTER DELETE ON conversation WHEN old.kind = 'group' BEGIN
      INSERT INTO group_name (group_name, rowid, folded_name) VALUES ('delete', old.id, old.folded_name);
    END;

    ALTER TABLE member ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
    ALTER TABLE member ADD COLUMN level TEXT NOT NULL DEFAULT 'all';
    ALTER TABLE member ADD COLUMN muted_until INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX member_administrator ON member (conversation_id) WHERE role = 'administrator';

    ALTER TABLE message ADD COLUMN line TEXT;
    DROP INDEX message_by_conversation;
    CREATE INDEX message_by_conversation ON message (conversation_id, id, author_id, line);
    CREATE INDEX message_with_files ON message (conversation_id, id) WHERE attachment_count > 0;
    CREATE TABLE message_person (
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      user_id INTEGER NOT NULL REFERENCES user (id),
      PRIMARY KEY (message_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX message_person_by_user ON message_person (user_id);
    """
}
