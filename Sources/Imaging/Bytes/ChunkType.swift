/// The four letters that name a chunk of PNG or RIFF.
struct ChunkType: Hashable, ExpressibleByStringLiteral {
  /// The letters as a big-endian number.
  let code: Int

  init(code: Int) { self.code = code }

  init(stringLiteral name: StaticString) {
    code = name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | Int($1) } }
  }
}
