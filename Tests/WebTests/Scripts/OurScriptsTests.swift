import Foundation
import Testing

@testable import Web

/// The modules of this repository, whatever they are.
@Suite struct OurScriptsTests {
  private static let folder = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in
    url.deletingLastPathComponent()
  }.appending(path: "Public/js")

  private func sources() throws -> [String: String] {
    let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
    let texts = try files.map {
      ($0.deletingPathExtension().lastPathComponent, try String(contentsOf: $0, encoding: .utf8))
    }
    return Dictionary(uniqueKeysWithValues: texts)
  }

  @Test(arguments: ["app", "account"])
  func aBundleHoldsEachModuleOnceAndTakesOnlyWhatIsAbove(_ entry: String) throws {
    let graph = try ScriptGraph(sources().map { try ScriptModule(name: $0.key, source: $0.value) })
    let texts = try ScriptBundle(of: entry, in: graph).texts
    let exported = try #require(texts[entry]).split(separator: "\n").last { $0.hasPrefix("export ") } ?? ""
    for (name, text) in texts {
      var known: Set<Substring> = []
      for line in text.split(separator: "\n") {
        if line.hasPrefix("import {"),
          let names = line.split(whereSeparator: { "{}".contains($0) }).dropFirst().first
        {
          for name in names.split(whereSeparator: { ", ".contains($0) }) {
            #expect(exported.contains(" \(name)"), "\(name) is not exported")
            known.insert(name)
          }
        } else if line.hasPrefix("import * as ") {
          known.insert(line.split(separator: " ")[3])
        } else if line.hasPrefix("var $") {
          #expect(known.insert(line.split(separator: " ")[1]).inserted, "\(line) is in \(name).js twice")
        } else if line.hasPrefix("const {"), let last = line.split(separator: " ").last, last.hasPrefix("$") {
          #expect(known.contains(last), "\(name).js takes from \(last) before it is there")
        }
      }
    }
    let first = graph.modules(from: entry)
    for module in first {
      let holders = texts.filter { $0.value.contains("var \(module.namespace) =") }.map(\.key)
      #expect(holders == (module.exports.isEmpty ? [] : [entry]))
      for line in module.code where !line.hasPrefix("export ") {
        #expect(texts[entry]?.contains(line) == true, "\(line) of \(module.file) is missing")
      }
    }
  }

  @Test func theyAreServed() throws {
    let sources = try sources()
    let texts = try Scripts(sources, entries: ["app", "account"]).texts
    #expect(texts.keys == sources.keys)
  }
}
