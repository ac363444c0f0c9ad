"""How quick a tab is that has been open for long, printed as a table. No test: what it says depends on the machine.

    python Tests/Browser/measure.py [--program PATH] [--resources FOLDER] [--events N]
"""

import argparse
import http.client
import statistics
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import server as servers
from accounts import NAMES
from conftest import launch
from database import add_messages
from people import Person

PAGE = 50
LONG = 2000
NEWEST = "[role=log] article[data-message-id]:last-of-type"

# From a key that is pressed to the frame that shows it.
KEY = """() => new Promise((done) => addEventListener('keydown', ({ timeStamp }) =>
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - timeStamp))), { once: true, capture: true }))"""

# A click on a row, as a page of its own or as the modules have it.
CLICK = """([name, isPage]) => setTimeout(() => {
  const row = [...document.querySelectorAll('.row a')].find((row) => row.querySelector('.name').textContent === name)
  if (isPage) row.target = '_self'
  sessionStorage.clicked = Date.now()
  row.click()
})"""

# Since then, once the other conversation is painted.
SHOWN = """([name, text]) => document.querySelector('.who h1')?.textContent === name
  && [...document.querySelectorAll('article .text')].at(-1)?.textContent === text
  && Date.now() - sessionStorage.clicked"""

LONG_TASKS = """window.longest = 0
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
}).observe({ type: 'longtask', buffered: true })"""


def median(values):
    return statistics.median(values)


def slow_down(page, rate):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})


def keys(tab, count=15):
    tab.composer.focus()
    times = []
    for _ in range(count):
        result = tab.page.evaluate_handle(f"({KEY})().then((time) => {{ window.keyTime = time }}); window.keyTime = 0")
        result.dispose()
        tab.page.keyboard.press("a")
        tab.page.wait_for_function("() => window.keyTime > 0")
        times.append(tab.page.evaluate("window.keyTime"))
    tab.composer.fill("")
    return median(times)


def switch(tab, conversations, is_page, times=16):
    """From a click on a row until the other conversation is there, to and fro."""
    taken = []
    for number in range(times):
        name, text = conversations[number % 2]
        tab.page.evaluate(CLICK, [name, is_page])
        taken.append(tab.page.wait_for_function(SHOWN, arg=[name, text], polling="raf").json_value())
    return median(taken)


def send(tab, count=5):
    times = []
    for number in range(count):
        text = f"Sent at {time.monotonic_ns()}"
        tab.composer.fill(text)
        start = time.monotonic()
        tab.composer.press("Enter")
        expect(tab.sent(text)).to_have_count(1, timeout=60_000)
        times.append((time.monotonic() - start) * 1000)
    return median(times)


def numbers(tab):
    """The lowest number of a message in the page."""
    return tab.page.evaluate(
        "Math.min(...[...document.querySelectorAll('article .text')].map((text) => parseInt(text.textContent.match(/^Message (\\d+)/)?.[1] ?? 1e9)))"
    )


def older(tab):
    """Loads the next older page; returns the time from the answer to its frame."""
    lowest = numbers(tab)
    start = time.monotonic()
    tab.page.evaluate("document.querySelector('.scroller').scrollTop = -1e7")
    tab.page.wait_for_function(
        "(lowest) => [...document.querySelectorAll('article .text')].some((text) => text.textContent === `Message ${lowest}.`)",
        arg=lowest - 1,
        timeout=60_000,
    )
    return (time.monotonic() - start) * 1000


def flood(server, sender, other, count):
    """Posts as many messages as fast as eight connections can."""
    cookies = "; ".join(f"{each['name']}={each['value']}" for each in sender.context.cookies())
    numbers = iter(range(1, count + 1))
    path = f"/people/{other.id}/messages"
    lock = threading.Lock()

    def work():
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            body = urllib.parse.urlencode({"text": f"Event {number}", "clientId": ""})
            headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded",
                       "Origin": server.url, "Host": f"127.0.0.1:{server.port}"}
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 303, answer.status

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def catch_up(server, ada, grace, tab, count):
    ada.expected = [".*"]
    tab.page.route("**/events*", lambda route: route.abort())
    tab.page.reload()
    flood(server, grace, ada, count)
    grace.post(ada, "The last of all")
    tab.page.unroute_all()
    tab.page.evaluate(LONG_TASKS)
    tab.page.evaluate("window.longest = 0; dispatchEvent(new Event('online'))")
    start = time.monotonic()
    expect(tab.sent("The last of all")).to_have_count(1, timeout=300_000)
    return (time.monotonic() - start) * 1000, tab.page.evaluate("window.longest")


def measure(playwright, folder, events):
    browser = launch(playwright)
    server = servers.Server(folder)
    server.start()
    people = [Person(browser, server.url, name).sign_up() for name in NAMES.values()]
    ada, grace, carol = people
    tab = ada.tab.open().talk_to(grace)
    tab.say("The first")
    add_messages(server, ada, grace, LONG + 100)
    carol.tab.open().talk_to(ada).say("From Carol")
    tab.open().talk_to(carol)
    add_messages(server, carol, ada, 60)
    first, files, second = weight(browser, ada, tab)
    yield "a first load of a conversation of 50 messages, bytes on the wire", first
    yield "of them JavaScript and style", files
    yield "a second load, bytes on the wire", second
    tab.open().talk_to(grace)

    conversations = [(carol.name, "Message 60."), (grace.name, f"Message {LONG + 100}.")]
    yield "another conversation, ms", switch(tab, conversations, is_page=False)
    yield "the same as a whole page, ms", switch(tab, conversations, is_page=True)

    tab.page.reload()
    slow_down(tab.page, 4)
    yield "a key with 50 messages, processor slowed 4 times, ms", keys(tab)
    yield "a send with 50 messages, the same, ms", send(tab)
    slow_down(tab.page, 1)
    tab.page.reload()
    times = [older(tab) for _ in range(41)]
    yield "the first older page, ms", median(times[:3])
    yield "the 41st older page, ms", median(times[-3:])
    yield "messages in the document then", tab.page.locator("article[data-message-id]").count()
    slow_down(tab.page, 4)
    yield "a key with 2,000 messages loaded, slowed 4 times, ms", keys(tab)
    yield "a send with 2,000 messages loaded, the same, ms", send(tab)
    slow_down(tab.page, 1)
    tab.page.reload()
    took, longest = catch_up(server, ada, grace, tab, events)
    yield f"a catch-up of {events} events, ms", took
    yield "its longest task, ms", longest
    browser.close()
    server.stop()


def weight(browser, person, tab):
    """What the conversation that is open brings over the wire to an empty cache, how much of it is scripts and styles,
    and what it brings when it is opened again."""
    visitor = browser.new_context()
    visitor.add_cookies(person.context.cookies())
    page = visitor.new_page()
    session = visitor.new_cdp_session(page)
    session.send("Network.enable")
    kinds, sizes = {}, {}
    session.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    session.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    page.goto(tab.page.url)
    page.wait_for_timeout(1000)
    first = sum(sizes.values())
    files = sum(size for id, size in sizes.items() if kinds.get(id) in ("Script", "Stylesheet"))
    sizes.clear()
    page.goto(tab.page.url)
    page.wait_for_timeout(1000)
    second = sum(sizes.values())
    visitor.close()
    return first, files, second


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=Path, default=servers.PROGRAM)
    parser.add_argument("--resources", type=Path, default=servers.TOP)
    parser.add_argument("--events", type=int, default=20_000)
    options = parser.parse_args()
    servers.PROGRAM, servers.TOP = options.program.resolve(), options.resources.resolve()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, value in measure(playwright, Path(folder), options.events):
            print(f"{value:10.1f}  {name}", flush=True)
