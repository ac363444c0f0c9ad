import Testing

@testable import Web

/// The modules that are served as one.
@Suite struct ModuleBundleTests {
  @Test func aModuleStandsBehindWhatItImportsAndOnlyOnce() {
    let sources = [
      "app": "import './b.js'\nimport './c.js'\nstart()",
      "a": "export const one = 1\nexport async function two() {\n}\nconst own = 2",
      "b": "import { one } from './a.js'\nuse(one)",
      "c": "import { one, two } from './a.js'\nexport function three() {\n}",
      "unused": "never()",
    ]
    #expect(
      ModuleBundle.text(of: "app", in: sources) == """
        {
        const one = 1
        async function two() {
        }
        const own = 2
        var $a = { one, two }
        }
        {
        const { one } = $a
        use(one)
        }
        {
        const { one, two } = $a
        function three() {
        }
        var $c = { three }
        }
        {
        start()
        }
        """)
  }
}
