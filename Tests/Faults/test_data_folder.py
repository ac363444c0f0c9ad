"""The data folder is its owner's alone: whatever the shell's mask is, and whoever runs a command on it."""

import os
import stat
import tempfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from Uploads.form import post_form

from .accounts import PASSWORD, add_accounts
from .client import Client
from .program import run
from .refused import expect_refusal

NOBODY = 65534
# One whom no password file knows.
NAMELESS = 54321
EMAIL = "ada@example.org"
root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another user")


@contextmanager
def open_mask():
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def everything(folder):
    return [folder, *folder.rglob("*")]


def modes(folder):
    return {str(each.relative_to(folder)): stat.S_IMODE(each.stat().st_mode) for each in everything(folder)}


def owners(folder):
    return {each.stat().st_uid for each in everything(folder)}


def give(folder, user):
    for each in everything(folder):
        os.chown(each, user, user)


def sign_up(program):
    form = {"fullName": "Ada", "email": EMAIL, "password": PASSWORD}
    assert Client(program).post("/signup", form).status == 303


@pytest.fixture
def shared():
    """A folder that every user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


def test_modes_of_what_the_program_writes(make_program):
    with open_mask():
        program = make_program().start()
    ada, bob = add_accounts(program, 2)
    picture = BytesIO()
    Image.new("RGB", (8, 8), "teal").save(picture, "PNG")
    path = f"/people/{bob.id}/messages"
    assert post_form(program, ada, path, {"text": "Look"}, [("p.png", picture.getvalue())]).status == 303
    found = modes(program.data)
    assert any(name.endswith(".png") for name in found) and "nextalk.sqlite-wal" in found
    for name, mode in found.items():
        assert mode == (0o700 if (program.data / name).is_dir() else 0o600), f"{name}: {mode:o}"
    program.stop()
    assert "data folder" not in program.log_text


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o701])
def test_a_folder_that_others_can_read_is_tightened(make_program, tmp_path, mode):
    data = tmp_path / "open"
    data.mkdir()
    data.chmod(mode)
    program = make_program(data=data).start()
    assert modes(data)["."] == 0o700
    program.stop()
    told = [line for line in program.log_text.splitlines() if "data folder" in line]
    assert len(told) == 1 and str(data) in told[0] and " warning " in told[0]
    program.start().stop()
    assert program.log_text.count("data folder") == 1


@root
@pytest.mark.parametrize(("user", "name"), [(NOBODY, "nobody"), (NAMELESS, f"user {NAMELESS}")])
def test_root_serves_nobody_elses_folder(shared, user, name):
    data = shared / "data"
    data.mkdir(mode=0o700)
    os.chown(data, user, user)
    expect_refusal(["serve", "--port", "0", "--data", data], f"belongs to {name}.*--data")
    assert list(data.iterdir()) == []


@root
def test_nobody_serves_the_folder_of_root(shared):
    data = shared / "data"
    data.mkdir()
    data.chmod(0o777)
    user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    expect_refusal(["serve", "--port", "0", "--data", data], "belongs to root.*--data", **user)
    assert list(data.iterdir()) == []


@root
@pytest.mark.parametrize("user", [NOBODY, NAMELESS])
@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_command_of_root_acts_as_the_owner(make_program, shared, user, end):
    program = make_program(data=shared / "data").start()
    sign_up(program)
    getattr(program, end)()
    give(program.data, user)
    done = run("set-password", EMAIL, "--data", program.data, input="staple horse battery\n")
    assert done.returncode == 0 and done.stdout == "", done.stderr
    assert owners(program.data) == {user}
    assert all(mode & 0o077 == 0 for mode in modes(program.data).values())
    give(program.data, 0)
    program.start()
    answer = Client(program).post("/login", {"email": EMAIL, "password": "staple horse battery"})
    assert answer.status == 303
    program.stop()


@root
def test_an_owner_who_cannot_reach_the_folder(make_program, shared):
    program = make_program(data=shared / "inner" / "data")
    program.data.parent.mkdir(mode=0o700)
    program.start()
    sign_up(program)
    program.stop()
    give(program.data, NOBODY)
    command = ["set-password", EMAIL, "--data", program.data]
    expect_refusal(command, "belongs to nobody", input="staple horse battery\n")
