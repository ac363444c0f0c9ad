"""`nextalk routes` prints the URL map, without a data folder."""

from .program import run


def test_the_map(tmp_path):
    done = run("routes", cwd=tmp_path)
    assert done.returncode == 0 and done.stderr == ""
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["GET", "/health", "anyone", "no", "body", "no", "rate", "limit"] in lines
    assert any(line[:4] == ["POST", "/people/{person}/messages", "logged", "in"] for line in lines)
    assert all(line[0] in ("GET", "POST") and line[1].startswith("/") for line in lines)
    assert not list(tmp_path.iterdir())
    assert "every address" in run("routes", "--help").stdout
