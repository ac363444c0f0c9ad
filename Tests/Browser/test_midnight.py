"""What says today says yesterday when the day is over, in a tab that nobody touches."""

import re
from datetime import datetime, timezone

import pytest
from playwright.sync_api import expect

from database import go_away, move_messages

pytestmark = pytest.mark.known("ada")

AFTERNOON = datetime.now(timezone.utc).replace(hour=15, minute=0, second=0)
EVENING = AFTERNOON.replace(hour=23, minute=50)


@pytest.fixture
def evening(server, person, grace):
    """Ada's tab shortly before midnight, with what Grace wrote that afternoon before she went away."""
    ada = person("Ada Lovelace")
    grace.post(ada, "This afternoon")
    for each in (ada, grace):
        each.expect_errors("net::ERR_")
    tab = ada.tab.open().talk_to(grace)
    grace.tab.page.close()
    server.stop()
    move_messages(server, [AFTERNOON])
    go_away(server, grace, AFTERNOON)
    server.start()
    tab.page.clock.install(time=EVENING)
    tab.open(tab.page.url.removeprefix(ada.url))
    tab.page.clock.pause_at(EVENING.replace(minute=55))
    return tab


def expect_day(tab, grace, line, row, seen):
    expect(tab.log.locator(".day")).to_have_text(re.compile(f"^{line}"))
    expect(tab.row(grace.name).locator(".when")).to_have_text(row)
    expect(tab.main.locator("[data-format=seen]")).to_have_text(re.compile(rf"^{seen} at \d\d:\d\d$"))


def test_a_tab_that_stays_open(evening, grace):
    expect_day(evening, grace, "Today", "15:00", "today")
    evening.page.clock.run_for(6 * 60_000)
    expect_day(evening, grace, "Yesterday", "Yesterday", "yesterday")
    # And the next midnight as well.
    evening.page.clock.fast_forward(24 * 3600_000)
    name = AFTERNOON.strftime("%A")
    expect_day(evening, grace, name, name, name)


def test_a_device_that_slept_over_midnight(evening, grace):
    # All its timers are late: each fires once when it wakes.
    evening.page.clock.fast_forward(9 * 3600_000)
    expect_day(evening, grace, "Yesterday", "Yesterday", "yesterday")


def test_a_device_that_goes_to_another_zone(evening, grace):
    cdp = evening.page.context.new_cdp_session(evening.page)
    cdp.send("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    evening.page.clock.run_for(60_000)
    # There it is the morning after already, and midnight was when she wrote.
    expect(evening.row(grace.name).locator(".when")).to_have_text("00:00")
    expect(evening.messages.first.locator(".at")).to_have_text("00:00")
    expect(evening.main.locator("[data-format=seen]")).to_have_text(re.compile("^(yesterday|today) at"))
