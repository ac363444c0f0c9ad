"""Two people see each other and talk."""

import re

from playwright.sync_api import expect


def test_two_people_sign_up_see_each_other_online_and_talk_both_ways(person):
    ada = person("Ada Lovelace")
    grace = person("Grace Hopper")
    # Ada's list was there first: Grace comes into it by herself.
    expect(ada.tab.row(grace.name)).to_have_accessible_name(re.compile(r"\bonline\b"))
    expect(grace.tab.row(ada.name)).to_have_accessible_name(re.compile(r"\bonline\b"))
    expect(ada.tab.sidebar.get_by_text("1 online", exact=True)).to_be_visible()
    ada.tab.talk_to(grace)
    grace.tab.talk_to(ada)
    expect(ada.tab.main.get_by_text("online", exact=True)).to_be_visible()
    for person in (ada, grace):
        person.tab.mark()

    ada.tab.say("Good morning, Grace")
    expect(grace.tab.sent("Good morning, Grace")).to_have_count(1)
    grace.tab.say("Good morning, Ada")
    expect(ada.tab.sent("Good morning, Ada")).to_have_count(1)
    ada.tab.say("How is the compiler?")
    expect(grace.tab.sent("How is the compiler?")).to_have_count(1)

    for person in (ada, grace):
        expect(person.tab.messages).to_have_count(3)
        expect(person.tab.messages.nth(0)).to_contain_text("Ada Lovelace")
        expect(person.tab.messages.nth(1)).to_contain_text("Grace Hopper")
        person.tab.expect_not_reloaded()


def test_all_is_still_there_after_a_reload(talk):
    ada, grace = talk
    ada.say("First")
    grace.say("Second")
    for tab in talk:
        tab.page.reload()
        expect(tab.messages).to_have_count(2)
        expect(tab.messages.nth(0)).to_contain_text("First")
        expect(tab.messages.nth(1)).to_contain_text("Second")


def test_the_other_tabs_of_both_get_it_too(talk, ada, grace):
    second = ada.new_tab().talk_to(grace)
    others = grace.new_tab().talk_to(ada)
    ada.tab.say("To all tabs")
    for tab in (second, grace.tab, others):
        expect(tab.sent("To all tabs")).to_have_count(1)
    grace.tab.say("And back")
    for tab in (ada.tab, second, others):
        expect(tab.sent("And back")).to_have_count(1)


def test_a_page_opened_before_the_first_message_gets_it(talk):
    ada, grace = talk
    for tab in talk:
        expect(tab.main.get_by_text("No messages yet. Say hello.")).to_be_visible()
        tab.mark()
    ada.say("The very first")
    expect(grace.sent("The very first")).to_have_count(1)
    for tab in talk:
        expect(tab.main.get_by_text("No messages yet. Say hello.")).to_be_hidden()
    grace.say("The second")
    expect(ada.sent("The second")).to_have_count(1)
    for tab in talk:
        tab.expect_not_reloaded()


def test_messages_within_five_minutes_are_grouped_by_author(talk):
    ada, grace = talk
    ada.say("One")
    ada.say("Two")
    grace.say("Three")
    expect(grace.messages).to_have_count(3)
    # The author's name stands in the text of each, for those who hear the page.
    for at, name in enumerate(["Ada Lovelace", "Ada Lovelace", "Grace Hopper"]):
        expect(grace.messages.nth(at)).to_contain_text(name)


def test_others_messages_are_announced_once(talk):
    ada, grace = talk
    expect(grace.log).to_have_attribute("aria-live", "off")
    ada.say("Listen")
    said = grace.page.get_by_role("status").filter(has_text="Ada Lovelace: Listen")
    expect(said).to_have_count(1)


def test_no_conversation_chosen(ada, grace):
    ada.tab.page.reload()
    expect(ada.tab.heading("Choose someone to write to")).to_be_visible()
