import Foundation
import Testing

/// The commands of the built program say nothing in a terminal of the ``PseudoLanguage`` that did not come through the
/// catalogue. What the argument parser itself says has no translation.
@Suite struct CommandTests {
  private static let commands = [
    ["--help"], ["serve", "--help"], ["routes"], ["routes", "--help"], ["set-password", "--help"],
    ["set-password", "α@β.γ", "--data", "/nothing"], ["make-owner", "--help"],
    ["make-owner", "α@β.γ", "--data", "/nothing"], ["--port", "x"], ["--rate-limits", "x"],
    ["--signup", "x"],
    ["--hsts", "x"], ["--upload-quota", "x"], ["--disk-reserve", "x"], ["--tls-key", "x"],
    ["--tls-key", "/x", "--tls-certificate", "/x"], ["--public-url", "x"], ["--resources", "/nothing"],
    ["--data", "/dev/null/x"], ["--rate-limits", "off", "--host", "0.0.0.0"],
  ]

  @Test func everyCommand() throws {
    let resources = try PseudoLanguage.resources()
    defer { try? FileManager.default.removeItem(at: resources) }
    for command in Self.commands {
      let output = try Self.output(of: command, resources)
      #expect(output.contains(PseudoLanguage.opening), "\(command): \(output)")
      let strays = VisibleText(output.replacing(Self.names, with: "")).strays
      #expect(strays.isEmpty, "\(command)")
    }
  }

  /// Names of commands, options and addresses, and what the parser says around the help.
  private static var names: Regex<AnyRegexOutput> {
    let words = [
      "OVERVIEW:", "USAGE:", "OPTIONS:", "SUBCOMMANDS:", "ARGUMENTS:",
      #"Show (subcommand )?help information\."#,
      #"See '.*'.*"#, #"\(default\)"#, "--?[a-z][a-z-]*", "GET|POST", #"/[\w/{}*.-]*"#,
      #"\b(nextalk|serve|set-password|make-owner|routes|help|subcommand|email)\b"#,
    ]
    return try! Regex(words.joined(separator: "|"))
  }

  private static func output(of arguments: [String], _ resources: URL) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "nextalk")
    process.arguments = arguments
    process.environment = ["LANG": "ar_XB.UTF-8", "NEXTALK_RESOURCES": resources.path]
    let (output, input) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = output
    process.standardInput = input
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data("correct horse battery\n".utf8))
    try input.fileHandleForWriting.close()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }
}
