"""What one has begun to write is kept, for each conversation and person."""

import re

import pytest
from playwright.sync_api import expect

from held import Held
from pictures import file


def test_a_draft_outlives_a_reload(talk):
    ada, _ = talk
    ada.composer.fill("Not yet finished")
    ada.page.reload()
    expect(ada.composer).to_have_value("Not yet finished")
    ada.composer.press("End")
    ada.say("Not yet finished, now it is")
    ada.page.reload()
    expect(ada.sent("Not yet finished, now it is")).to_have_count(1)
    expect(ada.composer).to_have_value("")


@pytest.mark.known("carol")
def test_each_conversation_has_its_own_draft(ada, grace, person):
    carol = person("Carol Shaw")
    tab = ada.tab.talk_to(grace)
    tab.composer.fill("For Grace")
    tab.talk_to(carol)
    expect(tab.composer).to_have_value("")
    tab.composer.fill("For Carol")
    tab.talk_to(grace)
    expect(tab.composer).to_have_value("For Grace")
    tab.talk_to(carol)
    expect(tab.composer).to_have_value("For Carol")


def test_a_message_on_its_way_outlives_a_reload(talk):
    ada, grace = talk
    ada.person.expect_errors("net::ERR_")
    ada.page.route("**/messages", lambda route: None)
    ada.write("Stuck")
    expect(ada.message("Stuck")).to_have_count(1)
    ada.page.unroute_all()
    ada.page.reload()
    expect(ada.sent("Stuck")).to_have_count(1)
    expect(grace.sent("Stuck")).to_have_count(1)
    expect(ada.message("Stuck")).to_have_count(1)


def test_a_message_on_its_way_is_sent_from_any_page(talk, ada, grace, server):
    ada.expect_errors("net::ERR_")
    ada.tab.page.route("**/messages", lambda route: route.abort())
    ada.tab.write("Left behind")
    expect(ada.tab.message("Left behind")).to_have_count(1)
    ada.tab.page.unroute_all()
    ada.tab.link("Chats").click()
    expect(grace.tab.sent("Left behind")).to_have_count(1)


def test_two_tabs_with_one_conversation_keep_a_draft_each(talk, ada, grace):
    first, _ = talk
    second = ada.new_tab().talk_to(grace)
    first.composer.fill("From the first tab")
    second.composer.fill("From the second tab")
    for tab, text in ((first, "From the first tab"), (second, "From the second tab")):
        tab.page.reload()
        expect(tab.composer).to_have_value(text)
    # One that is opened later goes on with the newest.
    third = ada.new_tab().talk_to(grace)
    expect(third.composer).to_have_value("From the second tab")


def test_a_draft_that_another_tab_sends_is_not_there_to_be_sent_again(talk, ada, grace):
    first, theirs = talk
    first.composer.fill("Only once")
    second = ada.new_tab().talk_to(grace)
    expect(second.composer).to_have_value("Only once")
    second.composer.press("End")
    second.composer.press("Enter")
    expect(theirs.sent("Only once")).to_have_count(1)
    expect(first.composer).to_have_value("")
    first.page.reload()
    expect(first.sent("Only once")).to_have_count(1)
    expect(first.composer).to_have_value("")


@pytest.mark.known("carol")
def test_pictures_that_were_chosen_stay_as_the_text_does(talk, ada, grace, person):
    tab, theirs = talk
    carol = person("Carol Shaw")
    tab.attach.set_input_files([file("lake.jpg"), file("hills.jpg")])
    expect(tab.attached).to_have_count(2)
    tab.attached.first.get_by_role("textbox").fill("The lake")
    tab.composer.fill("Two of them")

    def expect_both():
        expect(tab.attached).to_have_count(2)
        expect(tab.attached.first.get_by_role("textbox")).to_have_value("The lake")
        expect(tab.composer).to_have_value("Two of them")

    tab.talk_to(carol)
    expect(tab.attached).to_have_count(0)
    expect(tab.composer).to_have_value("")
    tab.talk_to(grace)
    expect_both()
    tab.page.reload()
    expect_both()
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.link("Chats").click()
    tab.talk_to(grace)
    expect_both()
    tab.button("Remove hills.jpg").click()
    # Once it is out of sight it stays away, however soon the page is loaded again.
    expect(tab.attached).to_have_count(1)
    tab.page.reload()
    expect(tab.attached).to_have_count(1)
    tab.button("Send").click()
    expect(theirs.images(theirs.sent("Two of them"))).to_have_count(1)
    tab.page.reload()
    expect(tab.attached).to_have_count(0)
    expect(tab.composer).to_have_value("")


def test_images_on_their_way_go_on_from_the_next_page(talk, ada):
    tab, theirs = talk
    ada.expect_errors("net::ERR_")
    held = Held(tab.page, "**/messages")
    tab.attach.set_input_files([file("lake.jpg")])
    expect(tab.attached).to_have_count(1)
    tab.composer.fill("On its way")
    tab.button("Send").click()
    expect(tab.message("On its way")).to_have_count(1)
    assert held.holds
    tab.link("Settings").click()
    expect(tab.heading("Settings")).to_be_visible()
    tab.page.unroute_all()
    tab.page.reload()
    expect(theirs.images(theirs.sent("On its way"))).to_have_count(1)
    tab.page.go_back()
    expect(tab.images(tab.sent("On its way"))).to_have_count(1)
    expect(tab.page.get_by_text(re.compile("Not sent"))).to_have_count(0)


def test_images_that_the_server_has_are_not_sent_twice_when_its_answer_is_lost(talk, ada):
    tab, theirs = talk
    ada.expect_errors("net::ERR_", "Failed to load resource")
    lost = []

    def lose(route):
        lost.append(route.fetch().status)
        route.abort()

    tab.page.route("**/messages", lose)
    tab.attach.set_input_files([file("lake.jpg")])
    expect(tab.attached).to_have_count(1)
    tab.composer.fill("Arrived")
    tab.button("Send").click()
    expect(theirs.images(theirs.sent("Arrived"))).to_have_count(1)
    tab.page.unroute_all()
    tab.page.reload()
    expect(tab.sent("Arrived")).to_have_count(1)
    expect(tab.messages).to_have_count(1)
    tab.say("And on")
    expect(theirs.messages).to_have_count(2)
    assert lost


def test_an_error_while_sending_holds_up_nothing(talk, ada):
    tab, theirs = talk
    tab.page.evaluate("window.realFetch = fetch; window.fetch = () => { throw new TypeError('as a test') }; 0")
    tab.write("First")
    expect(tab.message("First")).to_have_count(1)
    tab.page.evaluate("window.fetch = window.realFetch; 0")
    tab.write("Second")
    for text in ("First", "Second"):
        expect(theirs.sent(text)).to_have_count(1)


def test_what_the_server_refuses_while_one_writes_on_is_not_lost(talk, ada):
    tab, _ = talk
    ada.expect_errors("422")
    held = Held(tab.page, "**/messages")
    tab.write("x" * 5001)
    tab.composer.fill("Meanwhile")
    held.let_go()
    refused = tab.messages.filter(has_text="xxxx")
    expect(refused).to_contain_text("Not sent.")
    expect(tab.composer).to_have_value("Meanwhile")
    # It is still there on the next page, with its reason.
    tab.page.reload()
    expect(refused).to_contain_text("5,001 characters")
    tab.composer.press("Enter")
    expect(tab.sent("Meanwhile")).to_have_count(1)


def test_pictures_are_sent_once_however_often_one_presses(talk):
    tab, theirs = talk
    tab.attach.set_input_files([file("lake.jpg")])
    expect(tab.attached).to_have_count(1)
    tab.page.evaluate("form => { for (let times = 0; times < 3; times += 1) form.requestSubmit() }",
                      tab.page.locator("#composer").element_handle())
    expect(theirs.messages).to_have_count(1)
    tab.say("And on")
    expect(theirs.messages).to_have_count(2)
