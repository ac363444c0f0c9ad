import Foundation

/// An event as a stream got it, to be published again with other markers.
struct PublishedEvent: Sendable {
  private let text: String

  /// - Parameters:
  ///   - received: the bytes of the stream, with the framing of its chunks.
  ///   - marker: the one that stands in it.
  init(_ received: [UInt8], marker: String) {
    let lines = String(decoding: received, as: UTF8.self).split(separator: "\n").map(String.init)
    let event = lines.filter { $0.hasPrefix("id:") || $0.hasPrefix("data:") }
    text = event.joined(separator: "\n").replacingOccurrences(of: marker, with: Marker.placeholder)
  }

  /// As it is framed in a stream.
  func framed(marker: String) -> [UInt8] { Array((with(marker) + "\n\n").utf8) }

  /// Its data alone.
  func data(marker: String) -> [UInt8] {
    let lines = with(marker).split(separator: "\n").filter { $0.hasPrefix("data:") }
    return Array(lines.map { $0.dropFirst(5).drop { $0 == " " } }.joined(separator: "\n").utf8)
  }

  private func with(_ marker: String) -> String {
    text.replacingOccurrences(of: Marker.placeholder, with: marker)
  }
}
