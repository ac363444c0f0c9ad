"""What one does with a message without JavaScript, from the page that its time leads to. Others see it live."""

import re

import pytest
from playwright.sync_api import expect

from database import add_people, message_id, react
from groups import make, open_group
from pictures import file, picture

pytestmark = pytest.mark.known("ada", "grace")

TIME = re.compile(r"^\d\d:\d\d( UTC)?$")


@pytest.fixture
def ada(person):
    return person("Ada Lovelace", java_script_enabled=False)


@pytest.fixture
def talk(ada, grace):
    """Ada's tab without JavaScript, and Grace's with it, which is never loaded anew."""
    mine, theirs = ada.tab.open().talk_to(grace), grace.tab.talk_to(ada)
    mine.say("The first")
    expect(theirs.sent("The first")).to_have_count(1)
    theirs.mark()
    yield mine, theirs
    theirs.expect_not_reloaded()


def details_of(tab, text):
    """Goes there by the time of a message, from its conversation."""
    tab.sent(text).get_by_role("link", name=TIME).click()
    expect(tab.heading("Message details")).to_be_visible()
    return tab


def back(tab):
    tab.link("Back to the conversation").click()
    expect(tab.composer).to_be_visible()
    return tab


def edit(tab, text, new):
    details_of(tab, text).link("Edit").click()
    expect(tab.heading("Edit message")).to_be_visible()
    expect(tab.field("Message")).to_have_value(text)
    tab.field("Message").fill(new)
    tab.button("Save").click()


def reaction(tab, text, name):
    """Whatever it says of who it is of."""
    return tab.sent(text).get_by_role("button", name=re.compile(rf"^{name}\b"))


def test_edit(talk):
    mine, theirs = talk
    mine.say("Tomorow")
    expect(theirs.sent("Tomorow")).not_to_contain_text("edited")
    edit(mine, "Tomorow", "Tomorrow **at noon**")
    for tab in (mine, theirs):
        expect(tab.messages.last).to_contain_text("Tomorrow at noon")
        expect(tab.messages.last).to_contain_text("edited")
        expect(tab.message("Tomorow")).to_have_count(0)
        expect(tab.messages.last.locator("strong")).to_have_text("at noon")
    expect(mine.messages.last).to_be_in_viewport()
    mine.messages.last.get_by_role("link", name=TIME).click()
    expect(mine.main.get_by_text("Edited:")).to_be_visible()


def test_cancelling_an_edit_leaves_it(talk):
    mine, theirs = talk
    details_of(mine, "The first").link("Edit").click()
    mine.field("Message").fill("Something else")
    mine.link("Cancel").click()
    expect(mine.sent("The first")).to_be_in_viewport()
    expect(mine.sent("The first")).not_to_contain_text("edited")
    expect(theirs.sent("The first")).to_have_count(1)


@pytest.mark.parametrize("typed, sentence", [
    (" \n ", "Write something first."),
    ("y" * 5_001, "Your message has 5,001 characters; it can have up to 5,000. Send it in parts."),
])
def test_an_edit_that_is_refused_comes_back(talk, typed, sentence):
    mine, theirs = talk
    mine.person.expect_errors("status of 422")
    edit(mine, "The first", typed)
    expect(mine.page.get_by_role("alert")).to_have_text(sentence)
    expect(mine.field("Message")).to_have_value(typed)
    expect(mine.field("Message")).to_have_accessible_description(sentence)
    expect(mine.field("Message")).to_have_attribute("aria-invalid", "true")
    mine.field("Message").fill("Better")
    mine.button("Save").click()
    expect(theirs.sent("Better")).to_have_count(1)


def test_of_two_tabs_the_later_sees_both_wordings(talk):
    mine, theirs = talk
    mine.person.expect_errors("status of 409")
    path = details_of(mine, "The first").page.url.removeprefix(mine.person.url).replace("details", "edit")
    mine.open(path)
    other = mine.person.new_tab(path)
    other.field("Message").fill("The <second>")
    other.button("Save").click()
    expect(theirs.sent("The <second>")).to_have_count(1)
    mine.field("Message").fill("The third")
    mine.button("Save").click()
    expect(mine.page.get_by_role("alert")).to_have_text(
        "This message changed while you were editing it. Compare the two, then save again.")
    expect(mine.page.get_by_text("The <second>", exact=True)).to_be_visible()
    expect(mine.field("Message")).to_have_value("The third")
    expect(theirs.sent("The <second>")).to_have_count(1)
    mine.button("Save").click()
    expect(theirs.sent("The third")).to_have_count(1)
    expect(mine.sent("The third")).to_be_in_viewport()


def test_an_edit_of_what_is_deleted_meanwhile_is_refused(talk):
    mine, theirs = talk
    mine.person.expect_errors("status of 409")
    path = details_of(mine, "The first").page.url.removeprefix(mine.person.url).replace("details", "edit")
    mine.open(path)
    other = mine.person.new_tab(path.replace("edit", "delete"))
    other.button("Delete").click()
    expect(theirs.messages.last).to_contain_text("Message deleted")
    mine.field("Message").fill("Too late")
    mine.button("Save").click()
    expect(mine.page.get_by_text("This message was deleted.")).to_be_visible()
    expect(theirs.messages.last).to_contain_text("Message deleted")


@pytest.mark.alone
def test_delete_and_undo(talk):
    mine, theirs = talk
    mine.say("Not meant for you")
    expect(theirs.row("Ada Lovelace")).to_contain_text("Not meant for you")
    details_of(mine, "Not meant for you").link("Delete").click()
    expect(mine.heading("Delete message")).to_be_visible()
    expect(mine.main.get_by_role("article")).to_contain_text("Not meant for you")
    mine.link("Cancel").click()
    expect(mine.sent("Not meant for you")).to_be_in_viewport()
    details_of(mine, "Not meant for you").link("Delete").click()
    mine.button("Delete").click()
    expect(theirs.messages.last).to_contain_text("Message deleted")
    expect(theirs.message("Not meant for you")).to_have_count(0)
    expect(theirs.row("Ada Lovelace")).to_contain_text("Message deleted")
    expect(mine.main.get_by_role("article")).to_contain_text("Message deleted")
    expect(mine.button("Delete")).to_have_count(0)
    mine.button("Undo").click()
    for tab in (mine, theirs):
        expect(tab.sent("Not meant for you")).to_have_count(1)
        expect(tab.row(theirs.person.name if tab is mine else "Ada Lovelace")).to_contain_text("Not meant for you")
    expect(mine.sent("Not meant for you")).to_be_in_viewport()


def test_undo_comes_too_late(talk):
    mine, theirs = talk
    mine.person.expect_errors("status of 409")
    details_of(mine, "The first").link("Delete").click()
    mine.button("Delete").click()
    expect(mine.button("Undo")).to_be_visible()

    def is_over():
        other.page.reload()
        return other.button("Undo").count() == 0

    other = mine.person.new_tab(mine.page.url.removeprefix(mine.person.url))
    expect(other.button("Undo")).to_be_visible()
    for _ in range(1_000):
        if is_over():
            break
    expect(other.button("Undo")).to_have_count(0)
    mine.button("Undo").click()
    expect(mine.page.get_by_text("It is too late to undo this.")).to_be_visible()
    expect(theirs.messages.last).to_contain_text("Message deleted")


@pytest.mark.alone
def test_delete_one_picture_of_several(talk):
    mine, theirs = talk
    names = ("lake.jpg", "hills.jpg", "woods.jpg")
    mine.attach.set_input_files([file(each, picture(60 + 20 * at, 60)) for at, each in enumerate(names)])
    mine.composer.fill("Three of them")
    mine.button("Send").click()
    expect(theirs.images(theirs.sent("Three of them"))).to_have_count(3)
    before = [each.get_attribute("src") for each in theirs.images(theirs.sent("Three of them")).all()]
    details_of(mine, "Three of them").link("Delete").click()
    mine.button("Picture 2").click()
    expect(theirs.images(theirs.sent("Three of them"))).to_have_count(2)
    expect(mine.main.get_by_role("article")).to_contain_text("Three of them")
    after = [each.get_attribute("src") for each in theirs.images(theirs.sent("Three of them")).all()]
    assert after == [before[0], before[2]]
    answer = theirs.person.context.request.get(theirs.person.url + before[1])
    assert answer.status == 404
    mine.button("Undo").click()
    expect(theirs.images(theirs.sent("Three of them"))).to_have_count(3)
    assert [each.get_attribute("src") for each in theirs.images(theirs.sent("Three of them")).all()] == before
    # Of what is a picture alone there is nothing to choose.
    mine.attach.set_input_files(file("lake.jpg"))
    mine.button("Send").click()
    expect(mine.images(mine.messages.last)).to_have_count(1)
    mine.messages.last.get_by_role("link", name=TIME).click()
    mine.link("Delete").click()
    expect(mine.button("Delete")).to_be_visible()
    expect(mine.button("Picture 1")).to_have_count(0)


def test_reply(talk):
    mine, theirs = talk
    theirs.say("Which train?")
    mine.link("Check for new messages").click()
    details_of(mine, "Which train?").link("Reply").click()
    strip = mine.main.get_by_text("Replying to Grace Hopper")
    expect(strip).to_be_visible()
    # Not to reply is one link away, and back again.
    mine.link("Do not reply").click()
    expect(strip).to_have_count(0)
    details_of(mine, "Which train?").link("Reply").click()
    mine.say("The one before noon")
    for tab in (mine, theirs):
        quote = tab.sent("The one before noon").get_by_role("link", name=re.compile("Grace Hopper.*Which train"))
        expect(quote).to_have_count(1)
    expect(strip).to_have_count(0)
    other = theirs.person.new_tab(quote.get_attribute("href") + "/edit")
    other.field("Message").fill("Which bus?")
    other.button("Save").click()
    expect(theirs.sent("The one before noon").get_by_role("link", name=re.compile("Which bus"))).to_have_count(1)
    mine.link("Check for new messages").click()
    mine.sent("The one before noon").get_by_role("link", name=re.compile("Which bus")).click()
    answered = mine.messages.filter(has=mine.page.locator(".text").get_by_text("Which bus?", exact=True))
    expect(answered).to_be_in_viewport()
    assert mine.page.url.endswith("#" + answered.get_attribute("id")), mine.page.url


def test_a_refused_reply_still_answers(talk):
    mine, theirs = talk
    mine.person.expect_errors("status of 422")
    details_of(mine, "The first").link("Reply").click()
    mine.composer.fill("y" * 5_001)
    mine.button("Send").click()
    expect(mine.composer).to_have_accessible_description(re.compile("up to 5,000"))
    expect(mine.main.get_by_text("Replying to Ada Lovelace")).to_be_visible()
    mine.say("Shorter")
    expect(theirs.sent("Shorter").get_by_role("link", name=re.compile("The first"))).to_have_count(1)


def test_reactions(talk):
    mine, theirs = talk
    theirs.say("We have a house")
    mine.link("Check for new messages").click()
    details_of(mine, "We have a house").button("🎉").click()
    expect(reaction(theirs, "We have a house", "🎉 1")).to_be_visible()
    expect(reaction(mine, "We have a house", "🎉 1")).to_be_visible()
    details_of(mine, "We have a house").field("Another emoji").fill(" 🏡 ")
    mine.button("React").click()
    expect(reaction(theirs, "We have a house", "🏡 1")).to_be_visible()
    # With a skin tone it is the same one.
    for each in ("👍🏽", "👍"):
        details_of(mine, "We have a house").field("Another emoji").fill(each)
        mine.button("React").click()
        expect(reaction(theirs, "We have a house", "👍 1")).to_have_count(1 if each == "👍🏽" else 0)
    details_of(mine, "We have a house")
    expect(mine.page.get_by_role("listitem").filter(has_text="🏡")).to_contain_text("Ada Lovelace")
    back(mine)
    # Pressing the pill takes it back.
    reaction(mine, "We have a house", "🎉 1").click()
    expect(reaction(theirs, "We have a house", "🎉 1")).to_have_count(0)
    expect(reaction(mine, "We have a house", "🏡 1")).to_be_visible()
    expect(reaction(theirs, "We have a house", "🏡 1")).to_be_visible()


def test_a_reaction_says_whose_it_is(talk):
    mine, theirs = talk
    details_of(mine, "The first").button("🎉").click()
    expect(mine.sent("The first").get_by_role("button", name="🎉 1, including you", exact=True)).to_be_visible()
    expect(reaction(theirs, "The first", "🎉 1")).to_be_visible()
    expect(theirs.sent("The first").get_by_role("button", name="🎉 1", exact=True)).to_be_visible(timeout=1_000)


def test_what_is_no_emoji_is_refused(talk):
    mine, theirs = talk
    mine.person.expect_errors("status of 422")
    details_of(mine, "The first").field("Another emoji").fill("yes")
    mine.button("React").click()
    expect(mine.page.get_by_text("That is not one emoji. Choose one.")).to_be_visible()
    expect(theirs.sent("The first").locator(".reaction")).to_have_count(0)


def test_pin_and_unpin(talk):
    mine, theirs = talk
    mine.say("The door code is 4711")
    details_of(mine, "The door code is 4711").button("Pin").click()
    expect(mine.button("Unpin")).to_be_visible()
    pinned = theirs.main.get_by_role("link", name="Pinned The door code is 4711")
    expect(pinned).to_be_visible()
    back(mine)
    details_of(mine, "The first").button("Pin").click()
    expect(theirs.main.get_by_role("link", name="Pinned The first")).to_be_visible()
    back(mine).link("1 of 2").click()
    listed = mine.page.get_by_role("region", name="Pinned").get_by_role("listitem")
    expect(listed).to_have_count(2)
    listed.last.get_by_role("link").click()
    expect(mine.sent("The door code is 4711")).to_be_in_viewport()
    details_of(mine, "The first").button("Unpin").click()
    expect(mine.button("Pin")).to_be_visible()
    expect(pinned).to_be_visible()
    back(mine)
    details_of(mine, "The door code is 4711").button("Unpin").click()
    expect(pinned).to_have_count(0)
    expect(back(mine).main.get_by_role("link", name=re.compile("^Pinned"))).to_have_count(0)


def test_a_member_of_a_group_has_what_is_theirs_alone(ada, grace):
    """An administrator deletes what others wrote, and nobody edits it; members do not pin."""
    mine, theirs = make(ada.tab, "Walkers", grace), grace.tab
    open_group(theirs, "Walkers")
    mine.say("At nine")
    theirs.say("Rubbish")
    expect(theirs.sent("At nine")).to_have_count(1)
    theirs.sent("At nine").get_by_role("link", name=TIME).click()
    expect(theirs.heading("Message details")).to_be_visible()
    for name in ("Edit", "Delete"):
        expect(theirs.link(name)).to_have_count(0)
    expect(theirs.button("Pin")).to_have_count(0)
    expect(theirs.link("Reply")).to_be_visible()
    back(theirs)
    theirs.mark()
    mine.link("Check for new messages").click()
    details_of(mine, "Rubbish")
    expect(mine.link("Edit")).to_have_count(0)
    mine.link("Delete").click()
    mine.button("Delete").click()
    expect(mine.button("Undo")).to_be_visible()
    expect(theirs.messages.last).to_contain_text("Message deleted by an administrator")
    expect(theirs.message("Rubbish")).to_have_count(0)
    theirs.expect_not_reloaded()


def test_the_details_name_everyone_who_reacted(server, talk):
    mine, _ = talk
    names = ["Alan Turing", "Barbara Liskov", "Donald Knuth", "Edsger Dijkstra", "Frances Allen"]
    add_people(server, names)
    react(server, message_id(server, "The first"), names, "👍")
    details_of(mine, "The first")
    expect(mine.main.locator(".reacted .names")).to_have_count(1)
    expect(mine.main.locator(".reacted .names").get_by_role("listitem")).to_have_text(names)


@pytest.mark.alone
def test_undo_from_the_details(talk):
    mine, theirs = talk
    mine.say("A slip")
    expect(theirs.sent("A slip")).to_have_count(1)
    details_of(mine, "A slip").link("Delete").click()
    mine.button("Delete").click()
    expect(theirs.sent("A slip")).to_have_count(0)
    # One has gone elsewhere meanwhile.
    mine.link("Back to the conversation").click()
    mine.messages.last.get_by_role("link", name=TIME).click()
    mine.link("Undo the deletion").click()
    mine.button("Undo").click()
    expect(mine.sent("A slip")).to_have_count(1)
    expect(theirs.sent("A slip")).to_have_count(1)
