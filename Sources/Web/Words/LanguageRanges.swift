/// What `Accept-Language` asks for (RFC 9110, 12.5.4), what is wanted most first.
struct LanguageRanges {
  /// So many count.
  private static let most = 20

  /// Without `*` and what is not wanted at all.
  let tags: [String]

  init(_ header: String) {
    let ranges = header.split(separator: ",").prefix(Self.most).map { range in
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
      return (tag: parts.first ?? "", weight: weight.map { Double($0.dropFirst(2)) ?? 0 } ?? 1)
    }
    tags = ranges.enumerated().filter { $0.element.weight > 0 && !["", "*"].contains($0.element.tag) }
      .sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
      .map(\.element.tag)
  }
}
