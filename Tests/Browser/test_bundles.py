"""Modules as browsers run them: bundled, and loaded on first use."""

import shutil

import pytest

from server import TOP, Server

# Every module notes that it ran; those that are loaded on first use say what they see of the others.
MODULES = {
    "account": """
        import { ran, name as first } from './notes.js'
        import { name } from './second.js'
        ran.push('account', first, name)
        window.ran = ran
        window.load = async () => [await import('./late.js'), await import('./later.js')]
        """,
    "notes": """
        /** What ran. */
        export const ran = []
        export const name = 'first // not a comment'
        """,
    "second": """
        import { ran } from './notes.js'
        export const name = await new Promise((done) => setTimeout(() => done(`second ${ran.length}`)))
        """,
    "late": """
        import { ran } from './notes.js'
        import { Own } from './own.js'
        import { shared as both } from './shared.js'
        ran.push('late')
        export const late = () => [new Own().name, both === ran]
        """,
    "own": "export class Own {\n  name = 'own'\n}",
    "shared": "import { ran } from './notes.js'\nran.push('shared')\nexport const shared = ran",
    "later": "import { shared } from './shared.js'\nexport async function later() { return shared.at(-1) }",
}


@pytest.fixture
def changed(tmp_path):
    """A server with modules of the test's own."""
    resources = tmp_path / "resources"
    shutil.copytree(TOP / "Templates", resources / "Templates")
    shutil.copytree(TOP / "Public", resources / "Public")
    for name, text in MODULES.items():
        (resources / "Public" / "js" / f"{name}.js").write_text(text)
    server = Server(tmp_path)
    server.options = ["--resources", resources]
    server.start()
    yield server
    server.stop()


def test_each_module_runs_once_wherever_it_is_loaded_from(browser, changed):
    with browser.new_context() as context:
        page = context.new_page()
        errors = []
        page.on("pageerror", lambda error: errors.append(error))
        page.goto(changed.url + "/login")
        page.wait_for_function("() => 'load' in window")
        assert page.evaluate("ran") == ["account", "first // not a comment", "second 0"]
        with page.expect_response("**/js/shared.js"):
            seen = page.evaluate("load().then(async ([a, b]) => [Object.keys(a), a.late(), await b.later()])")
        assert seen == [["late"], ["own", True], "late"]
        assert page.evaluate("ran").count("shared") == 1
        assert errors == []
