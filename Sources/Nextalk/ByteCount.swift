/// A size as an owner writes it: `500 MiB`, `2GiB`, or plain bytes.
struct ByteCount {
  let bytes: Int64

  /// - Returns: nil for anything else, and for what is negative or more than 2^63 − 1 bytes.
  init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    guard let number = Int64(digits), let shift = ["": 0, "kib": 10, "mib": 20, "gib": 30, "tib": 40][unit]
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !overflow else { return nil }
    bytes = product
  }
}
