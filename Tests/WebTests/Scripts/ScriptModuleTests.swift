import Testing

@testable import Web

/// What is read of a module.
@Suite struct ScriptModuleTests {
  private func module(_ source: String) throws -> ScriptModule { try ScriptModule(name: "a", source: source) }

  @Test func imports() throws {
    let read = try module(
      """
      /** What it is for. */
      import './b.js'
      import { one, two as other } from './c-d.js';
      import {
        three,
        // Why.
        four as more,
      } from './e.js'

      one(import.meta.url)
      """)
    #expect(read.imports.map(\.module) == ["b", "c-d", "e"])
    #expect(
      read.imports.map { $0.clause(" as ") }[1...] == ["{ one, two as other }", "{ three, four as more }"])
    #expect(read.imports.map { $0.clause(": ") }[1...] == ["{ one, two: other }", "{ three, four: more }"])
    #expect(read.imports.map(\.line) == [2, 3, 4])
    #expect(read.code == ["one(import.meta.url)"])
  }

  @Test func exports() throws {
    let read = try module(
      "export const one = 1\nexport function two(a) {\n}\nexport async function three() {}\nexport class Four {\n}"
    )
    #expect(read.exports == ["one", "two", "three", "Four"])
    #expect(read.code.first == "export const one = 1")
  }

  @Test func whatIsLoadedOnFirstUse() throws {
    let read = try module("reimport('./no.js')\nf(await import('./b.js'), () => import('./c.js').then(g))")
    #expect(read.lazyImports.map(\.module) == ["b", "c"])
    #expect(read.lazyImports.map(\.line) == [2, 2])
  }

  @Test(arguments: [
    ("import a from './b.js'", "imports in a form other than { name } from './module.js'"),
    ("import * as a from './b.js'", "imports in a form other than { name } from './module.js'"),
    ("import { a } from \"./b.js\"", "imports in a form other than { name } from './module.js'"),
    ("import { a } from 'b'", "imports in a form other than { name } from './module.js'"),
    ("import { a b } from './b.js'", "imports in a form other than { name } from './module.js'"),
    ("f()\nimport './b.js'", "imports below the head of the module"),
    ("export let a = 1", "exports what is no const, function or class with a name"),
    ("export var a = 1", "exports what is no const, function or class with a name"),
    ("export const { a } = b", "exports what is no const, function or class with a name"),
    ("export default a", "exports what is no const, function or class with a name"),
    ("export function () {}", "exports what is no const, function or class with a name"),
    ("export function* a() {}", "exports what is no const, function or class with a name"),
    ("export { a }", "exports what is no const, function or class with a name"),
    ("export * from './b.js'", "exports what is no const, function or class with a name"),
    ("var a = 1", "says var, which other modules of a bundle would see"),
    ("f(import(name))", "loads a module in a form other than import('./module.js')"),
    ("f(import('./b.js', c))", "loads a module in a form other than import('./module.js')"),
  ])
  func refuses(_ source: String, _ what: String) {
    let line = source.contains("\n") ? 2 : 1
    #expect { try module(source) } throws: { "\($0)" == "Line \(line) of a.js \(what)." }
  }

  @Test func refusesANameThatIsNoName() {
    #expect(throws: SourceFault.self) { try ScriptModule(name: "a.b", source: "") }
    #expect(throws: SourceFault.self) { try ScriptModule(name: "a_b", source: "") }
  }
}
