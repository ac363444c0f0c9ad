"""Sign up, log in, log out, and what is said when it does not work."""

from playwright.sync_api import expect

from people import PASSWORD

WRONG = "That email and password don’t go together. Try again."


def test_sign_up_log_out_and_log_in(person):
    ada = person("Ada Lovelace")
    tab = ada.tab
    expect(tab.heading("You are the first one here")).to_be_visible()
    expect(tab.main.get_by_text("Only this computer can reach this chat so far.")).to_be_visible()
    tab.log_out()
    tab.log_in(ada.email.upper())
    expect(tab.heading("You are the first one here")).to_be_visible()


def test_wrong_email_or_password_gets_the_same_sentence_at_the_field(ada):
    ada.expect_errors("status of 422")
    tab = ada.tab
    tab.log_out()
    for email, password in [(ada.email, "not the password"), ("nobody@example.org", PASSWORD)]:
        tab.open("/login")
        tab.log_in(email, password)
        expect(tab.page.get_by_text(WRONG)).to_be_visible()
        expect(tab.field("Password")).to_have_accessible_description(WRONG)
        expect(tab.field("Password")).to_have_value("")
        expect(tab.field("Password")).to_be_focused()
        expect(tab.field("Email")).to_have_value(email)
    tab.log_in(ada.email)
    expect(tab.button("Log out")).to_be_visible()


def test_sign_up_says_at_each_field_what_is_missing(person):
    tab = person("Ada Lovelace", signed_up=False).new_tab("/signup")
    tab.person.expect_errors("status of 422")
    tab.sign_up("   ", "ada@example.org", "short")
    expect(tab.field("Full name")).to_have_accessible_description("Please enter your name.")
    expect(tab.field("Password")).to_have_accessible_description(
        "Please choose a password of at least 8 characters."
    )
    expect(tab.field("Email")).to_have_value("ada@example.org")
    expect(tab.field("Password")).to_have_value("")
    tab.sign_up("Ada Lovelace", "ada@example.org")
    expect(tab.button("Log out")).to_be_visible()


def test_a_taken_email_is_refused_at_the_field(ada, person):
    other = person("Another Ada", signed_up=False)
    other.expect_errors("status of 422")
    tab = other.new_tab("/signup")
    tab.sign_up(other.name, ada.email.title())
    expect(tab.field("Email")).to_have_attribute("aria-invalid", "true")
    expect(tab.field("Email")).not_to_have_accessible_description("")
    expect(tab.field("Full name")).to_have_value(other.name)


def test_show_password(person):
    tab = person("Ada Lovelace", signed_up=False).new_tab()
    for path in ("/login", "/signup"):
        tab.open(path)
        tab.field("Password").fill("secret words")
        expect(tab.field("Password")).to_have_attribute("type", "password")
        tab.button("Show password").click()
        expect(tab.field("Password")).to_have_attribute("type", "text")
        expect(tab.button("Show password")).to_have_attribute("aria-pressed", "true")
        tab.button("Show password").click()
        expect(tab.field("Password")).to_have_attribute("type", "password")
        expect(tab.field("Password")).to_have_value("secret words")


def test_who_is_logged_in_is_led_from_the_log_in_to_the_chats(ada):
    for path in ("/login", "/signup"):
        ada.tab.open(path)
        expect(ada.tab.page).to_have_url(ada.url + "/")


def test_log_in_leads_back_to_where_one_wanted_to_go_and_to_no_other_site(ada, grace):
    tab = ada.tab
    tab.log_out()
    tab.open(f"/people/{grace.id}")
    tab.log_in(ada.email)
    expect(tab.heading(grace.name)).to_be_visible()
    tab.log_out()
    tab.open("/login?next=//example.org/")
    tab.log_in(ada.email)
    expect(tab.page).to_have_url(ada.url + "/")
