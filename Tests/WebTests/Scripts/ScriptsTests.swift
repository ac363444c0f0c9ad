import Testing

@testable import Web

/// Modules as they are served: bundled, loaded on first use, and alone.
@Suite struct ScriptsTests {
  private func texts(
    _ sources: [String: String], replaced: [String: String] = [:], entries: [String] = ["app"]
  ) throws -> [String: String] {
    try Scripts(sources, replaced: replaced, entries: entries).texts
  }

  private func refused(_ sources: [String: String], entries: [String] = ["app"], _ sentence: String) {
    #expect { try texts(sources, entries: entries) } throws: { "\($0)" == sentence }
  }

  @Test func aModuleStandsBehindWhatItImportsOnceAndInAScopeOfItsOwn() throws {
    let sources = [
      "app": "import './b.js'\nimport './c-d.js'\nstart()",
      "a": "export const one = 1\nexport async function two() {\n}\nconst own = 2",
      "b": "import { one } from './a.js'\nconst own = one",
      "c-d": "import { one as first, two } from './a.js'\nimport './b.js'\nexport class Three {\n}",
    ]
    #expect(
      try texts(sources)["app"] == """
        {
        const one = 1
        async function two() {
        }
        const own = 2
        var $a = { one, two }
        }
        {
        const { one } = $a
        const own = one
        }
        {
        const { one: first, two } = $a
        class Three {
        }
        var $c_d = { Three }
        }
        {
        start()
        }
        """)
  }

  @Test func aModuleLoadedOnFirstUseComesWithWhatItAloneImports() throws {
    let sources = [
      "app": "import { one } from './page.js'\nf(() => import('./gallery.js'))",
      "page": "export const one = 1\nexport const other = 2",
      "gallery":
        "import { one } from './page.js'\nimport { size } from './size.js'\nexport const open = size(one)",
      "size": "import { other } from './page.js'\nexport const size = (a) => a + other",
    ]
    let texts = try texts(sources)
    #expect(texts["app"]?.hasSuffix("f(() => import('./gallery.js'))\n}\nexport { $page }") == true)
    #expect(
      texts["gallery"] == """
        import { $page } from './app.js'
        {
        const { other } = $page
        const size = (a) => a + other
        var $size = { size }
        }
        const { one } = $page
        const { size } = $size
        export const open = size(one)
        """)
  }

  @Test func whatSeveralLoadOnFirstUseHasAnAddressOfItsOwn() throws {
    let sources = [
      "app": "f(() => import('./crop.js'), () => import('./attach.js'))",
      "crop": "import { fit } from './picture.js'\nfit()",
      "attach": "import { fit as scale } from './picture.js'\nscale(() => import('./crop.js'))",
      "picture": "import { one } from './one.js'\nexport const fit = () => one",
      "one": "export const one = 1",
    ]
    let texts = try texts(sources)
    #expect(texts["app"]?.contains("export") == false)
    #expect(texts["crop"] == "import * as $picture from './picture.js'\nconst { fit } = $picture\nfit()")
    #expect(texts["attach"]?.hasPrefix("import * as $picture from './picture.js'\n") == true)
    #expect(texts["picture"]?.hasPrefix("import * as $one from './one.js'\n") == true)
    #expect(texts["one"] == sources["one"])
  }

  @Test func otherModulesStandAlone() throws {
    let sources = [
      "app": "import './b.js'", "b": "import {\n  one as two,\n} from './c.js'\n// Why.\n  two()",
      "c": "export const one = 1", "unused": "import './c.js'\nf()",
    ]
    let texts = try texts(sources)
    #expect(texts["b"] == "import { one as two } from './c.js'\ntwo()")
    #expect(texts["c"] == "export const one = 1")
    #expect(texts["unused"] == "import './c.js'\nf()")
  }

  @Test func aTextCanBeReplaced() throws {
    let sources = [
      "app": "import { hello } from './words.js'\nsay(hello)", "words": "export const hello = 'Hello'",
    ]
    let texts = try texts(sources, replaced: ["words": "export const hello = 'Hallo'"])
    #expect(texts["app"]?.contains("'Hallo'") == true)
    #expect(texts["app"]?.contains("'Hello'") == false)
  }

  @Test func refusesWhatIsNotThere() {
    refused(["app": "import './b.js'"], "Line 1 of app.js imports b.js, which is not there.")
    refused(["app": "\nf(import('./b.js'))"], "Line 2 of app.js loads b.js, which is not there.")
    refused(
      ["app": "import { a } from './b.js'", "b": "const a = 1"],
      "Line 1 of app.js imports a, which b.js does not export.")
    refused(["b": ""], "There is no module app.js.")
  }

  @Test func refusesCircles() {
    refused(
      ["app": "import './b.js'", "b": "import './c.js'", "c": "import './d.js'", "d": "import './b.js'"],
      "Modules import each other in a circle: b.js, c.js, d.js, b.js.")
    refused(["app": "", "b": "import './b.js'"], "Modules import each other in a circle: b.js, b.js.")
  }

  @Test func refusesAModuleThatWouldBeTwo() {
    refused(
      ["app": "import './b.js'\nimport './c.js'", "b": "f(() => import('./c.js'))", "c": ""],
      "Line 1 of b.js loads c.js on first use, which app.js imports from the start.")
    let shared = ["page": "export const one = 1", "late": "import { one } from './page.js'\nf(one)"]
    let first = "import './page.js'\nf(() => import('./late.js'))"
    refused(
      shared.merging(["app": first, "account": first]) { $1 }, entries: ["app", "account"],
      "late.js is loaded on first use from two bundles that each hold what it imports.")
  }
}
