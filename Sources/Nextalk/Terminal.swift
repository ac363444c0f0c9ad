import ArgumentParser
import Foundation
import Web

/// What commands say, in the language of the terminal: that of `LC_ALL`, `LC_MESSAGES` or `LANG` (locale(7)), where
/// there are words in it. Logs stay English.
enum Terminal {
  /// Found once, before any option is read: help is made of it.
  static let language: Language = {
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let tag = locale?.prefix(while: { $0 != "." && $0 != "@" }).replacing("_", with: "-"),
      let resources = try? Resources.folder(Variable.text("RESOURCES")),
      let words = try? Words(folder: resources.appending(path: "Templates/languages"))
    else { return .english }
    return words.language(tagged: String(tag))
  }()

  static func text(_ sentence: Sentence) -> String { language.text(sentence) }

  /// Writes a line to standard error, since standard output is for programs.
  static func say(_ sentence: Sentence) {
    write(text(sentence) + "\n")
  }

  /// Where standard error takes nothing, such as on a full disk, the line is lost and the program goes on.
  static func write(_ line: String) {
    try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
  }
}

extension ArgumentHelp {
  init(_ sentence: Sentence) { self.init(Terminal.text(sentence)) }
}
