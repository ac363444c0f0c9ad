/// The schema of who does not tell what they have read, or that they are typing.
extension Migrations {
  static let reading = """
    ALTER TABLE user ADD COLUMN hides_reading INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE user ADD COLUMN hides_typing INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX user_hides_typing ON user (id) WHERE hides_typing = 1;
    """
}
