/// The schema of the chat as a whole, and of who looks after it.
extension Migrations {
  /// `awaits_owner` is true of a folder in which nobody has had an account yet: its first one becomes the owner's. `admission`
  /// and `address` are null until the owner has said. A set-up link makes the owner's account: without an email it is of
  /// one start of the server, with one it is for whom `make-owner` named.
  static let site = """
    CREATE TABLE site (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      name TEXT NOT NULL DEFAULT '',
      admission TEXT,
      address TEXT,
      awaits_owner INTEGER NOT NULL
    ) STRICT;
    INSERT INTO site (id, awaits_owner)
      SELECT 1, NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'user');
    CREATE TABLE setup_link (
      token_hash BLOB PRIMARY KEY,
      email TEXT,
      expires_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX setup_link_by_email ON setup_link (email);
    ALTER TABLE user ADD COLUMN role TEXT NOT NULL DEFAULT 'member';
    CREATE UNIQUE INDEX user_owner ON user (role) WHERE role = 'owner';
    """
}
