import Imaging

/// An image that stands in the uploads folder, synced, and that no row tells of yet.
struct StoredImage: Sendable {
  let name: String
  let mediaType: String
  /// In pixels, as shown.
  let width: Int
  let height: Int
  let bytes: Int
}
