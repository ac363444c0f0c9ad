/// The schema of who has been in a group for longest, and in how many groups everyone is.
extension Migrations {
  static let standing = """
    CREATE INDEX member_by_standing ON member (conversation_id, joined_at, user_id);

    CREATE TABLE group_count (
      user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
      groups INTEGER NOT NULL
    ) STRICT;
    INSERT INTO group_count SELECT member.user_id, count(*) FROM member
      JOIN conversation ON conversation.id = member.conversation_id AND conversation.kind = 'group'
      GROUP BY member.user_id;
    CREATE TRIGGER group_counted AFTER INSERT ON member
    WHEN (SELECT kind FROM conversation WHERE id = new.conversation_id) = 'group' BEGIN
      INSERT INTO group_count VALUES (new.user_id, 1) ON CONFLICT DO UPDATE SET groups = groups + 1;
    END;
    CREATE TRIGGER group_left AFTER DELETE ON member
    WHEN (SELECT kind FROM conversation WHERE id = old.conversation_id) = 'group' BEGIN
      UPDATE group_count SET groups = groups - 1 WHERE user_id = old.user_id;
    END;
    """
}
