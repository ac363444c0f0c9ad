/// The schema of what people are found by and log in with.
extension Migrations {
  /// The index of names has the stretches of ``FoldedName``, which have their spaces between them and need no folding of
  /// SQLite's own. `folding` says of which version they are; see ``FoldedName/refresh(in:)``.
  static let foldedNames = """
    DROP TRIGGER user_name_added;
    DROP TRIGGER user_name_changed;
    DROP TRIGGER user_name_gone;
    DROP TABLE user_name;

    ALTER TABLE user ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
    CREATE VIRTUAL TABLE user_name USING fts5 (
      folded_name, content = 'user', content_rowid = 'id', prefix = '1 2 3', tokenize = 'ascii'
    );
    CREATE TRIGGER user_name_added AFTER INSERT ON user BEGIN
      INSERT INTO user_name (rowid, folded_name) VALUES (new.id, new.folded_name);
    END;
    CREATE TRIGGER user_name_changed AFTER UPDATE OF folded_name ON user BEGIN
      INSERT INTO user_name (user_name, rowid, folded_name) VALUES ('delete', old.id, old.folded_name);
      INSERT INTO user_name (rowid, folded_name) VALUES (new.id, new.folded_name);
    END;
    CREATE TRIGGER user_name_gone AFTER DELETE ON user BEGIN
      INSERT INTO user_name (user_name, rowid, folded_name) VALUES ('delete', old.id, old.folded_name);
    END;

    CREATE TABLE folding (version INTEGER NOT NULL) STRICT;
    INSERT INTO folding VALUES (0);
    INSERT INTO user_name (user_name) VALUES ('rebuild');
    """

  /// Domains in ASCII, as ``EmailAddress`` compares them. Where that makes one address of two, the later account keeps
  /// the key that it has.
  static let domains = """
    UPDATE OR IGNORE user SET email_key = email_key(email_key) WHERE full_name <> '';
    """
}
