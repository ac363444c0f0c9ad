"""Groups, as people make and find them."""

import re

from playwright.sync_api import expect


def make(tab, name, *people, access=None, history=None):
    """Makes a group from the list, and is in its conversation then."""
    tab.sidebar.get_by_role("link", name="New group", exact=True).click()
    tab.field("Name").fill(name)
    if access:
        tab.page.get_by_role("radio", name=re.compile(f"^{access}")).check()
    if history:
        tab.page.get_by_label("Newcomers see", exact=True).select_option(label=history)
    for each in people:
        candidate(tab, each.name).check()
    tab.button("Make the group").click()
    expect(tab.heading(name)).to_be_visible()
    return tab


def candidate(tab, name):
    """The box of someone to choose from."""
    return tab.page.get_by_role("list", name="People to choose from", exact=True).get_by_role("checkbox", name=name)


def chosen(tab):
    return tab.page.get_by_role("list", name="Chosen people", exact=True).get_by_role("checkbox")


def open_group(tab, name):
    tab.row(name).click()
    expect(tab.heading(name)).to_be_visible()
    return tab


def details(tab):
    tab.main.get_by_role("link", name="Details", exact=True).click()
    expect(tab.heading("Details")).to_be_visible()
    return tab


def member(tab, name):
    return tab.page.locator("#members").get_by_role("listitem").filter(has_text=name)


def act(tab, name, what):
    """Does something with a member, from the details."""
    row = member(tab, name)
    row.locator("summary").click()
    row.get_by_role("button", name=what, exact=True).click()
    expect(tab.page.get_by_role("status")).to_contain_text("The members were updated.")


def add(tab, person):
    """Takes someone into the group that is open, and comes back to it."""
    details(tab)
    tab.page.get_by_text("Add people", exact=True).click()
    candidate(tab, person.name).check()
    tab.button("Add").click()
    expect(member(tab, person.name)).to_be_visible()
    tab.page.get_by_role("link", name="Back to the conversation", exact=True).click()
    expect(tab.log).to_be_visible()
