/// The host of an address, with its port where it has one: such that what one reads is where one gets to.
struct Domain: Sendable {
  private let labels: [Substring]
  private let isNumber: Bool

  /// - Returns: nil where it is none, where it says who logs in, where it mixes scripts that look alike, or holds
  ///   what one does not see.
  init?(_ authority: String) {
    let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let host = parts.first, host.unicodeScalars.count <= 253 else { return nil }
    if parts.count > 1 {
      guard let port = parts.last, (1...5).contains(port.utf8.count), port.allSatisfy(\.isASCII),
        port.allSatisfy(\.isNumber)
      else { return nil }
    }
    labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy(Self.isLabel), !labels.isEmpty, !ScriptMix.isMixed(host.unicodeScalars) else {
      return nil
    }
    isNumber = labels.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
    guard !isNumber || labels.count == 4 else { return nil }
  }

  private static func isLabel(_ label: Substring) -> Bool {
    let scalars = label.unicodeScalars
    guard (1...63).contains(scalars.count), scalars.first != "-", scalars.last != "-" else { return false }
    return scalars.allSatisfy { scalar in
      if scalar.isASCII { return LinkReader.isASCIIAlphanumeric(scalar) || scalar == "-" || scalar == "_" }
      let isOfName =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .spacingMark
      return isOfName && !scalar.isHidden
    }
  }

  private var ending: String { labels.last.map { $0.lowercased() } ?? "" }

  /// Whether it is surely meant as one, though nothing before it says so.
  func isKnown(withPath: Bool) -> Bool {
    guard labels.count > 1, !isNumber else { return false }
    if labels.first?.lowercased() == "www" {
      return labels.count > 2 && ending.unicodeScalars.count > 1
    }
    guard DomainEndings.all.contains(ending) else { return false }
    let name = labels[labels.count - 2]
    guard !name.contains("_") else { return false }
    // Times, numbers of versions, and names of files.
    guard name.utf8.contains(where: { !(48...57).contains($0) }) else { return false }
    return labels.count > 2 || withPath || !DomainEndings.ofFiles.contains(ending)
  }

  /// Whether mail can go there, as an address is typed.
  var isOfMail: Bool {
    labels.count > 1 && !isNumber && ending.count > 1
      && ending.allSatisfy { $0.isLetter || $0 == "-" || $0.isNumber }
      && ending.first?.isLetter == true
  }
}
