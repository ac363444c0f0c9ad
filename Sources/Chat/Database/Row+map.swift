import GRDB

extension Row {
  /// Reads rows one at a time, each only as long as `transform` looks at it. Those of `fetchAll` are copies, and a copy compares
  /// its names with the one that is asked for, for each value anew.
  static func map<Value>(
    _ statement: Statement, _ arguments: StatementArguments, _ transform: (Row) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    let rows = try fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() { values.append(try transform(row)) }
    return values
  }

  /// The same, by a key of each row.
  static func group<Key: Hashable, Value>(
    _ statement: Statement, _ arguments: StatementArguments, by column: String,
    _ transform: (Row) throws -> Value
  ) throws -> [Key: [Value]] where Key: DatabaseValueConvertible & StatementColumnConvertible {
    var values: [Key: [Value]] = [:]
    let rows = try fetchCursor(statement, arguments: arguments)
    while let row = try rows.next() { values[row[column], default: []].append(try transform(row)) }
    return values
  }
}
