"""What tells who somebody is, or where their files are, is taken out of a text, however it is written."""

import os
import sysconfig
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.redaction import redacted
from model.base.user_paths import ROOT


@pytest.fixture(autouse=True)
def anna(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, "/home/anna.meier")
    for variable in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(variable, "anna.meier")
    monkeypatch.setattr("sys.argv", ["main.py", "thesis/digits.layerscope", "--seed", "3"])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("'/home/anna.meier/My data/x.gz' cannot be read", "'<path>' cannot be read"),
        ("cannot open /home/anna.meier/My data/x.gz", "cannot open <path>"),
        ("file:///mnt/Anna/x.gz is gone", "<path> is gone"),
        ("~/thesis/x.csv", "<path>"),
        (r"'C:\\Users\\Anna\\x y.csv'", "'<path>'"),
        (r"open C:\Users\Anna Meier\x.csv", "open <path>"),
        ("C:/Users/Anna/x.csv", "<path>"),
        (r"'\\server\share\x y.csv'", "'<path>'"),
        ("PosixPath('/srv/a b/c')", "PosixPath('<path>')"),
        ("no thesis/digits.layerscope here", "no <path> here"),
        ("Anna.Meier's file", "<user>'s file"),
        (f'File "{ROOT}/gui/x.py", line 3', 'File "gui/x.py", line 3'),
        (f'File "{ROOT}/own data/x.gz"', 'File "<path>"'),
        (f'File "{sysconfig.get_path("stdlib")}/os.py"', 'File "python/os.py"'),
        ('File "/home/anna.meier/.venv/lib/site-packages/numpy/a.py"', 'File "site-packages/numpy/a.py"'),
        ("receives 1/4 900 of it, 3 it/s and/or 0.5/1", "receives 1/4 900 of it, 3 it/s and/or 0.5/1"),
    ],
)
def test_that_a_path_or_name_is_taken_out_and_the_rest_stays(text: str, left: str) -> None:
    assert redacted(text) == left


def test_that_what_is_named_is_taken_out_wherever_it_stands() -> None:
    assert redacted("the data in grades of 2b: missing", ["grades of 2b"]) == "the data in <path>: missing"


PARTS = st.lists(st.text("abcXYZ019._-é ", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=4)


@given(PARTS, st.sampled_from(["'{}'", '"{}"', "PosixPath('{}')", "FileNotFoundError: [Errno 2] No such file: '{}'"]))
def test_that_no_quoted_path_leaves_one_of_its_folders(parts: list[str], around: str) -> None:
    secret = [f"Secret{part}" for part in parts]
    assert "Secret" not in redacted(around.format("/" + "/".join(secret)))
    assert "Secret" not in redacted(around.format("D:\\" + "\\".join(secret)))


@given(st.text(max_size=300))
def test_that_any_text_can_be_redacted_again_without_a_change_of_what_is_out(text: str) -> None:
    once = redacted(text)
    assert os.sep + "home" + os.sep + "anna.meier" not in once
    assert "anna.meier" not in once.lower() or "anna.meier" not in text.lower()
    assert Path("/home/anna.meier").as_posix() not in redacted(once)
