"""What one has begun to write is kept, for each conversation and person."""

from playwright.sync_api import expect


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
