"""Themes: chosen, kept, and legible every one of them."""

import re

import pytest
from playwright.sync_api import expect

import contrast
from acts import do, open_menu
from contrast import THEMES, too_low
from groups import candidate, details, make, open_group

SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def settings(tab):
    """Goes to the choice of a theme, by way of the row that says which one it is."""
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.link("Change").click()
    expect(tab.heading("Theme")).to_be_visible()
    return tab


def group(tab):
    return tab.page.get_by_role("radiogroup", name="Theme", exact=True)


def choice(tab, name):
    return group(tab).get_by_role("radio", name=name, exact=True)


def save(tab, name):
    choice(tab, name).check()
    tab.button("Save theme").click()
    expect(tab.page.get_by_role("status").get_by_text("Your theme is saved.")).to_be_visible()


def wall(tab):
    return tab.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def sample(tab):
    """The accent of the sample, whose button is the real one."""
    tab.page.mouse.move(0, 0)
    return tab.button("Save theme").evaluate("(button) => getComputedStyle(button).backgroundColor")


def accent(tab):
    """That of the page, in which its links stand."""
    return tab.page.get_by_role("navigation", name="Main").evaluate(
        "(nav) => { nav.style.color = 'var(--accent)'; return getComputedStyle(nav).color }"
    )


@pytest.mark.shared
def test_all_of_them_can_be_chosen(ada):
    tab = settings(ada.tab)
    expect(tab.link("Settings")).to_have_attribute("aria-current", "page")
    radios = group(tab).get_by_role("radio")
    assert radios.evaluate_all("(all) => all.map((each) => each.value)") == ["system", *THEMES]
    assert radios.evaluate_all("(all) => all.filter((each) => each.checked).map((each) => each.value)") == ["system"]
    expect(choice(tab, "System")).to_be_visible()
    expect(choice(tab, "Dracula")).to_be_visible()


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_choice_shows_at_once_and_counts_when_it_is_saved(person, scripts):
    ada = person("Ada Lovelace", java_script_enabled=scripts)
    tab = settings(ada.tab)
    before = sample(tab)
    choice(tab, "Synthwave").check()
    assert sample(tab) != before
    settings(tab.open())
    expect(choice(tab, "System")).to_be_checked()
    expect(tab.page.locator("html")).not_to_have_attribute("data-theme", re.compile(""))


@pytest.mark.known("ada")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_theme_is_kept_with_the_account(person, browser, scripts):
    ada = person("Ada Lovelace", java_script_enabled=scripts)
    tab = settings(ada.tab)
    html = tab.page.locator("html")
    save(tab, "Dracula")
    expect(tab.main.get_by_text("Dracula", exact=True)).to_be_visible()
    expect(choice(settings(tab), "Dracula")).to_be_checked()
    tab.page.reload()
    expect(choice(tab, "Dracula")).to_be_checked()
    for path in ("/settings", "/profile", "/"):
        tab.open(path)
        expect(html).to_have_attribute("data-theme", "dracula")
    tab.log_out()
    expect(html).to_have_attribute("data-theme", "dracula")

    again = person("Ada Lovelace", signed_up=False, java_script_enabled=scripts).new_tab("/login")
    expect(again.page.locator("html")).not_to_have_attribute("data-theme", re.compile(""))
    again.log_in(ada.email)
    expect(again.button("Log out")).to_be_visible()
    expect(again.page.locator("html")).to_have_attribute("data-theme", "dracula")
    save(settings(again), "System")
    expect(again.page.locator("html")).not_to_have_attribute("data-theme", re.compile(""))


def test_a_saved_theme_is_the_one_that_the_sample_showed(ada):
    tab = ada.tab
    for name in ("Dark", "Cyberpunk", "System"):
        choice(settings(tab), name).check()
        shown = sample(tab)
        save(tab, name)
        assert accent(tab) == shown
        assert sample(settings(tab)) == shown


def test_system_follows_the_device(ada):
    tab = settings(ada.tab)
    walls = set()
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        walls.add((wall(tab), sample(tab)))
    assert len({each for pair in walls for each in pair}) == 4
    save(tab, "Light")
    tab.page.emulate_media(color_scheme="light")
    light = wall(tab)
    tab.page.emulate_media(color_scheme="dark")
    assert wall(tab) == light


@pytest.mark.shared
def test_a_theme_that_is_none_is_refused(ada):
    ada.expect_errors("status of 422")
    tab = settings(ada.tab)
    choice(tab, "Dim").check()
    choice(tab, "Dim").evaluate("(radio) => { radio.value = 'mauve' }")
    tab.button("Save theme").click()
    expect(group(tab)).to_have_accessible_description(re.compile("^Choose one of these themes."))
    expect(choice(tab, "System")).to_be_checked()


@pytest.mark.shared
@pytest.mark.parametrize("size", [(1280, 800), (390, 844), (320, 568)], ids=str)
def test_by_keyboard_nothing_is_covered_and_nothing_moves(ada, size):
    tab = settings(ada.tab)
    tab.page.set_viewport_size({"width": size[0], "height": size[1]})
    places = """() => [...document.querySelectorAll('.themes label, .sample button')]
      .map((each) => [each.offsetLeft, each.offsetTop, each.offsetWidth, each.offsetHeight]).join()"""
    before = tab.page.evaluate(places)
    choice(tab, "System").focus()
    for theme in [*THEMES, "system"]:
        tab.page.keyboard.press("ArrowDown")
        seen = tab.page.evaluate("""() => {
          const radio = document.activeElement
          const { left, right, top, bottom, width, height } = radio.getBoundingClientRect()
          const corners = [[left + 20, top + 9], [right - 20, bottom - 9]]
          const over = corners.map(([x, y]) => document.elementFromPoint(x, y))
          const ring = getComputedStyle(radio.parentElement).outlineStyle
          return [radio.value, radio.checked, over.every((each) => each === radio), width >= 43.5 && height >= 43.5, ring]
        }""")
        assert seen == [theme, True, True, True, "solid"]
    assert tab.page.evaluate(places) == before
    assert tab.page.evaluate(SIDEWAYS) <= 0
    tab.page.keyboard.press("Tab")
    expect(tab.button("Save theme")).to_be_focused()
    expect(tab.button("Save theme")).to_be_in_viewport(ratio=1)


# Contrast


@pytest.fixture
def stranger(person):
    return person("Ada Lovelace", signed_up=False)


def expect_legible(page, measure):
    """`measure` gives the contrasts in the themes that it is given; *System* is two of them."""
    page.emulate_media(color_scheme="light")
    results = measure([None, *THEMES])
    page.emulate_media(color_scheme="dark")
    results += measure([None])
    assert len(results) > 34 * 10
    assert too_low(results) == []


@pytest.mark.shared
def test_every_role_is_legible_on_every_wall(stranger):
    page = stranger.new_tab("/login").page
    expect_legible(page, lambda themes: contrast.of_roles(page, themes)[0])
    page.emulate_media(color_scheme="light", contrast="more")
    assert too_low(contrast.of_roles(page, [None, *THEMES])[0]) == []


@pytest.mark.shared
def test_every_theme_is_one_of_its_own(stranger):
    page = stranger.new_tab("/login").page
    page.emulate_media(color_scheme="light")
    _, palettes = contrast.of_roles(page, [None, *THEMES])
    assert palettes.pop("system") == palettes["light"]
    assert len(set(palettes.values())) == len(THEMES)
    page.emulate_media(color_scheme="dark")
    _, palettes = contrast.of_roles(page, [None, "dark"])
    assert palettes["system"] == palettes["dark"]


@pytest.mark.shared
def test_a_value_that_is_too_pale_is_found(stranger):
    page = stranger.new_tab("/login").page
    for role in ("ink-2", "accent", "accent-ink", "online", "danger", "surface-2", "accent-soft"):
        results, _ = contrast.of_roles(page, ["cupcake"], {f"--{role}": "#8f8f8f"})
        assert any(f"--{role} on" in each or f"on --{role} " in each for each in too_low(results)), role


@pytest.mark.shared
def test_log_in_is_legible_in_every_theme(stranger):
    stranger.expect_errors("status of 422")
    tab = stranger.new_tab("/login")
    tab.log_in("nobody@example.org")
    expect(tab.field("Password")).to_have_attribute("aria-invalid", "true")
    expect_legible(tab.page, lambda themes: contrast.of_page(tab.page, themes))


def test_a_conversation_is_legible_in_every_theme(talk):
    ada, grace = talk
    ada.say("Shall we walk by the lake? https://example.org/lake")
    grace.say("Gladly")
    expect(ada.sent("Gladly")).to_have_count(1)
    expect_legible(ada.page, lambda themes: contrast.of_page(ada.page, themes))


def test_acts_on_messages_are_legible_in_every_theme(talk):
    mine, hers = talk
    hers.say("Shall we walk by the lake?")
    for tab, answer in ((mine, "Gladly"), (hers, "At nine")):
        do(tab, "Shall we walk by the lake?", "Reply")
        tab.write(answer)
        # It moves the others from under the pointer.
        for each in talk:
            expect(each.sent(answer)).to_have_count(1)
    do(mine, "At nine", "Pin")
    for tab, emoji in ((mine, "👍"), (hers, "🎉")):
        do(tab, "Shall we walk by the lake?", "React")
        tab.page.get_by_role("menuitem", name=emoji, exact=True).click()
    expect(mine.log.locator(".reaction")).to_have_count(2)
    expect_legible(mine.page, lambda themes: contrast.of_authors(mine.page, themes, ".quote b"))
    do(mine, "Gladly", "Edit")
    expect(mine.composer).to_have_value("Gladly")
    open_menu(mine, "Gladly")
    # What has come in stands still.
    mine.page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    expect_legible(mine.page, lambda themes: contrast.of_page(mine.page, themes))


def test_a_group_is_legible_in_every_theme(ada, grace, carol):
    tab = make(ada.tab, "Quiet ones", grace)
    details(tab)
    tab.page.get_by_label("Mute", exact=True).select_option(label="Until I turn it back on")
    tab.button("Save notifications").click()
    expect(tab.page.get_by_text("Your notifications are saved.")).to_be_visible()
    tab.open()
    open_group(grace.tab, "Quiet ones").say("Nobody hears this")
    grace.tab.say("@Ada Lovelace, not even you")
    tab = make(tab, "Walkers", grace, carol, access="Open")
    tab.say("I shall tell @Grace Hopper so")
    theirs = open_group(grace.tab, "Walkers")
    theirs.say("Shall we walk by the lake, @Ada Lovelace?")
    theirs.write("Or @Carol Shaw asks @all of us")
    # It says first how many that is.
    theirs.composer.press("Enter")
    expect(tab.messages).to_have_count(3)
    expect(tab.row("Quiet ones")).to_have_accessible_name(re.compile("muted.*2 unread"))
    tab.page.mouse.move(0, 0)
    expect_legible(tab.page, lambda themes: contrast.of_page(tab.page, themes))
    expect_legible(tab.page, lambda themes: contrast.of_authors(tab.page, themes))
    address = tab.page.url.removeprefix(ada.url)
    for path in (address + "/details", "/groups", "/groups/new"):
        tab.open(path)
        for summary in tab.main.locator("summary").all():
            summary.click()
        if path == "/groups/new":
            candidate(tab, carol.name).check()
        expect_legible(tab.page, lambda themes: contrast.of_page(tab.page, themes))
    grace.tab.page.set_viewport_size({"width": 390, "height": 844})
    expect_legible(grace.tab.open(address + "/details").page, lambda themes: contrast.of_page(grace.tab.page, themes))


def test_settings_are_legible_in_every_theme(ada):
    tab = ada.tab.open("/settings")
    tab.link("Privacy").hover()
    expect_legible(tab.page, lambda themes: contrast.of_page(tab.page, themes))
    tab = settings(tab)
    tab.button("Save theme").hover()
    expect_legible(tab.page, lambda themes: contrast.of_page(tab.page, themes))
