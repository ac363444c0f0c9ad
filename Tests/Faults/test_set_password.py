"""`nextalk set-password` beside a running server: the new password counts, and the sessions end live."""

import re

from .accounts import PASSWORD, Account
from .client import Client
from .event_streams import EventStreams
from .program import run
from .waiting import wait_until

NEW_PASSWORD = "staple horse battery"


def sign_in(program, path, **form):
    answer = Client(program).post(path, form)
    assert answer.status == 303, f"{answer.status} {answer.text}"
    cookie = answer.headers.get_all("Set-Cookie")[0].split(";")[0]
    home = Client(program, Account(0, "", "", cookie)).get("/")
    return Account(int(re.search(r'data-viewer="(\d+)"', home.text)[1]), "", "", cookie)


def test_new_password_ends_sessions_live(program):
    email = "ada@example.org"
    ada = sign_in(program, "/signup", fullName="Ada", email=email, password=PASSWORD)
    same_ada = sign_in(program, "/login", email=email, password=PASSWORD)
    grace = sign_in(program, "/signup", fullName="Grace", email="grace@example.org", password=PASSWORD)
    with EventStreams(program) as streams:
        ended = [streams.open(account) for account in (ada, same_ada)]
        kept = streams.open(grace)
        wait_until(lambda: all(stream.events for stream in (*ended, kept)), 10, "streams open")
        for stream in ended:
            stream.comes_back = False
        done = run("set-password", email, "--data", program.data, input=NEW_PASSWORD + "\n")
        assert done.returncode == 0 and done.stdout == "", done.stderr
        wait_until(lambda: all(stream.endings for stream in ended), 15, "the sessions' streams ended")
        for stream in ended:
            assert stream.events[-1].name == "signed-out" and stream.endings == ["clean"]
        assert kept.endings == []

    for account in (ada, same_ada):
        assert Client(program, account).get("/").status == 303
        assert Client(program, account).get("/events").status == 401
        assert Client(program, account).send(grace, "too late").status == 401
    assert Client(program, grace).get("/").status == 200
    old = Client(program).post("/login", {"email": email, "password": PASSWORD})
    assert old.status == 422 and PASSWORD not in old.text
    assert sign_in(program, "/login", email=email, password=NEW_PASSWORD).id == ada.id
    program.stop()
