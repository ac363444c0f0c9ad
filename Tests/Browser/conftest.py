"""A browser for the run; for each test a server of its own and people with browsers of their own.

Tests that look at what is the same whoever is there and whatever was said before are marked `shared`: all of a worker's
use one server, since starting and asking a new one each time takes longer than most of them.
"""

import contextlib
import shutil

import pytest
from playwright.sync_api import Error, expect, sync_playwright

from accounts import NAMES, Accounts
from modules import function
from people import Person
from server import Server

# A person waits less; a machine with four browsers on two processors may not.
expect.set_options(timeout=30_000)

# Each window of Debian's Chromium draws pages of its own for the address bar that nobody sees, at half the
# cost of the run. The others are Playwright's own list, which this one takes the place of.
DISABLED_FEATURES = [
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "AutoDeElevate",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "BoundaryEventDispatchTracksNodeRemoval",
    "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider",
    "GlobalMediaControls",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "RenderDocument",
    "ThirdPartyStoragePartitioning",
    "Translate",
]

ARGUMENTS = [
    "--disable-features=" + ",".join(DISABLED_FEATURES),
    # Chromium's sandbox does not start as root.
    "--no-sandbox",
    # There is no graphics card, and a process that stands in for one costs a tenth of the time.
    "--in-process-gpu",
    # A name that is not localhost, so that plain HTTP is no secure context there.
    "--host-resolver-rules=MAP chat.test 127.0.0.1",
]


def pytest_configure(config):
    config.addinivalue_line("markers", "limits: the server holds people to their share, as it usually does")
    config.addinivalue_line("markers", "shared: others may have been at the server before, which is not started anew")
    config.addinivalue_line("markers", "known(*fixtures): the server knows these people, who only come back to it")
    config.addinivalue_line("markers", "delays(seconds): how long accounts wait to be deleted and people stay online")
    config.addinivalue_line("markers", "alone: has little time, or looks at how long something takes, so nothing may run beside it")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


def launch(playwright, program="chromium-headless-shell", **options):
    """Chromium without its windows, which takes two thirds of the time; `chromium` is all of it."""
    path = shutil.which(program)
    assert path, f"{program} is missing: Tests/run installs it"
    return playwright.chromium.launch(executable_path=path, args=ARGUMENTS, **options)


@pytest.fixture(scope="session")
def browser(playwright):
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def firefox(playwright):
    program = shutil.which("firefox-esr")
    assert program, "Firefox is missing: Tests/run installs it"
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=program)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def accounts(browser, tmp_path_factory):
    return Accounts(browser, tmp_path_factory.mktemp("accounts"))


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory, accounts):
    """One for all tests of this worker that are marked `shared`; it knows everyone who is a fixture."""
    server = Server(tmp_path_factory.mktemp("shared"))
    server.cookies = accounts.copy(tuple(NAMES.values()), server)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(request, tmp_path, accounts):
    """Knows those people already that the test asks for as fixtures, or says that are `known`."""
    if request.node.get_closest_marker("shared"):
        yield request.getfixturevalue("shared_server")
        return
    server = Server(tmp_path)
    known = {*request.fixturenames, *(name for mark in request.node.iter_markers("known") for name in mark.args)}
    server.cookies = accounts.copy(tuple(NAMES[each] for each in NAMES if each in known), server)
    server.has_limits = request.node.get_closest_marker("limits") is not None
    if delays := request.node.get_closest_marker("delays"):
        seconds = str(delays.args[0])
        server.options = ["--deletion-delay", seconds, "--presence-grace", seconds]
    server.start()
    yield server
    if server.runs:
        server.stop()


@pytest.fixture(scope="session")
def run(shared_server, browser):
    """Runs the body of a function in a page that has imported a module as `module`.

    It is for modules that touch no page and keep no state, so that one page serves all of a worker's tests.
    """
    with browser.new_page() as page:
        page.goto(shared_server.url + "/login")
        yield lambda name, body, value=None: page.evaluate(function(body), {"name": name, "value": value})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """At a failure: what stood in every tab."""
    report = yield
    if report.failed and call.when == "call":
        for each in item.funcargs.get("person_list", []):
            for page in each.context.pages:
                with contextlib.suppress(Error):
                    shown = page.locator("body").aria_snapshot(timeout=1_000)
                    report.sections.append((f"{each.name} at {page.url}", shown[:4_000]))
        if server := item.funcargs.get("server"):
            report.sections.append(("the server's log", server.log.read_text()))
    return report


@pytest.fixture
def person_list():
    return []


@pytest.fixture
def person(browser, server, person_list):
    """Makes people; each is logged in and looks at their chats."""
    people = person_list

    def make(name, url=None, browser=browser, signed_up=True, **options):
        made = Person(browser, url or server.url, name, **options)
        people.append(made)
        made.context.set_default_timeout(30_000)
        if not signed_up:
            return made
        cookies = server.cookies.get(name)
        return made.come_back(cookies) if cookies else made.sign_up()

    yield make
    for each in people:
        each.context.close()
    surprises = [f"{each.name}: {surprise}" for each in people for surprise in each.surprises]
    assert not surprises, "\n".join(surprises)


@pytest.fixture
def ada(person):
    return person("Ada Lovelace")


@pytest.fixture
def grace(person):
    return person("Grace Hopper")


@pytest.fixture
def carol(person):
    return person("Carol Shaw")


@pytest.fixture
def talk(ada, grace):
    """Ada and Grace with their conversation open, nothing said yet."""
    return ada.tab.talk_to(grace), grace.tab.talk_to(ada)
