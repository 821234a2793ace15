"""A second start on the same library: real programs that meet, or do not, as their user has chosen."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.window.meeting import Meeting, meeting_folder, meeting_name
from gui.window.second_start import SecondStart, SecondStartCommands, question, second_start_named
from gui.window.start_request import StartRequest
from model.config.config import Config
from tests.support.patience import PATIENCE
from tests.support.program import Program, ended, heard
from tests.support.window_page import OpenWindow
from tests.support.windows import TIMEOUT_MS

TELLS = """
from gui.window import open_window as opened
take = opened._Start._take
def told(self, request):
    take(self, request)
    say(f"asked {os.path.basename(request.file)} {request.lesson} {request.step} {request.show} {request.choice}")
opened._Start._take = told
from gui.window.meeting import Meeting
begin = Meeting.begin
def begun(self):
    begin(self)
    if self.first:
        say("ready")
Meeting.begin = begun
"""
OPENED = "def act(window): say('open')"


@pytest.fixture
def program(tmp_path: Path, folder: str) -> Iterator[Program]:
    with Program(tmp_path) as made:
        yield made


def prefer(program: Program, folder: str, choice: SecondStart) -> None:
    program.prefer(config=Config(hidden=(8, 6), data=folder).to_json(), second_start=choice.key)


def end(process: "subprocess.Popen[str]") -> None:
    process.send_signal(signal.SIGTERM)
    assert ended(process) == (0, "")


def test_that_a_second_start_shows_the_first_window_and_ends(program: Program, folder: str) -> None:
    prefer(program, folder, SecondStart.SHOW)
    first = program.start(TELLS)
    heard(first, "ready")
    assert ended(program.start(OPENED)) == (0, "")
    heard(first, "asked   1 True")
    end(first)


def test_that_what_a_second_start_was_given_goes_to_the_first_window(
    program: Program, folder: str, tmp_path: Path
) -> None:
    prefer(program, folder, SecondStart.SHOW)
    saved = tmp_path / "kept run.layerscope"
    trained = program.start("", "train", "--data", folder, "--iterations", "20", "--save", str(saved))
    assert ended(trained)[0] == 0
    first = program.start(TELLS)
    heard(first, "ready")
    assert ended(program.start(OPENED, os.path.relpath(saved))) == (0, "")
    heard(first, "asked kept run.layerscope  1 True")
    assert ended(program.start(OPENED, "lesson", "3", "--step", "2")) == (0, "")
    heard(first, "asked  3 2 True")
    end(first)
    assert [run.recipe.config.iterations for run in program.runs()] == [20]


def test_that_a_second_window_is_opened_where_that_was_chosen_and_both_keep_their_runs(
    program: Program, folder: str
) -> None:
    prefer(program, folder, SecondStart.OPEN)
    trains = """
def act(window):
    window.content.training.train_or_pause()
    wait(lambda: window.content.session.ended, say, "trained")
"""
    first, second = program.start(trains), program.start(trains)
    heard(first, "trained")
    heard(second, "trained")
    end(first)
    end(second)
    assert len(program.runs()) == 2


def test_that_where_nobody_can_answer_nobody_is_asked(program: Program, folder: str) -> None:
    prefer(program, folder, SecondStart.ASK)
    first = program.start(TELLS)
    heard(first, "ready")
    second = program.start(OPENED)
    heard(second, "open")
    end(second)
    end(first)
    assert program.settings()["second_start"] == ""


def test_that_other_libraries_do_not_meet(program: Program, folder: str, tmp_path: Path) -> None:
    prefer(program, folder, SecondStart.SHOW)
    first = program.start(TELLS)
    heard(first, "ready")
    second = program.start(OPENED, "--library", str(tmp_path / "other.sqlite"))
    heard(second, "open")
    end(second)
    end(first)


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_that_a_window_that_was_killed_is_in_nobodys_way(program: Program, folder: str) -> None:
    prefer(program, folder, SecondStart.SHOW)
    first = program.start(TELLS)
    heard(first, "ready")
    first.kill()
    first.wait(PATIENCE)
    second = program.start(TELLS)
    heard(second, "ready")
    assert ended(program.start(OPENED)) == (0, "")
    heard(second, "asked   1 True")
    end(second)


def test_that_a_second_window_takes_the_place_of_the_first(program: Program, folder: str) -> None:
    prefer(program, folder, SecondStart.OPEN)
    first = program.start(TELLS)
    heard(first, "ready")
    second = program.start(TELLS)
    end(first)
    heard(second, "ready")
    prefer(program, folder, SecondStart.SHOW)
    assert ended(program.start(OPENED)) == (0, "")
    heard(second, "asked   1 True")
    end(second)


@pytest.fixture
def meetings(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    with Program(tmp_path) as made:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(made.runtime))
        yield tmp_path / "library.sqlite"


def test_that_only_one_is_first_and_hears_of_the_others(meetings: Path, qtbot: QtBot) -> None:
    first, second = Meeting(meetings), Meeting(meetings)
    try:
        assert (first.first, second.first) == (True, False)
        asked: list[StartRequest] = []
        first.requested.connect(asked.append)
        first.begin()
        second.begin()
        first.close()
        qtbot.waitUntil(lambda: second.first, timeout=TIMEOUT_MS)
        assert Meeting(meetings).first is False
        assert Meeting(meetings.parent / "other.sqlite").first
    finally:
        first.close()
        second.close()


def test_that_a_window_that_does_not_answer_is_not_waited_for_for_ever(
    meetings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.window.meeting.ANSWER_SECONDS", 0.3)
    first, second = Meeting(meetings), Meeting(meetings)
    try:
        assert second.hand_over(StartRequest()) is False  # it does not listen
        first.begin()  # it listens, but this thread, which would answer, is the one that waits
        assert second.hand_over(StartRequest()) is False
        assert second.first is False
        first.close()
        assert second.hand_over(StartRequest()) is False
        assert second.first
    finally:
        first.close()
        second.close()


def test_that_every_way_to_write_a_library_is_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link.sqlite").symlink_to(tmp_path / "library.sqlite")
    monkeypatch.chdir(tmp_path)
    names = {meeting_name(Path(each)) for each in ("library.sqlite", "./library.sqlite", "link.sqlite")}
    assert names == {meeting_name(tmp_path / "library.sqlite")}
    assert names != {meeting_name(tmp_path / "Library 2.sqlite")}


@pytest.mark.skipif(os.name == "nt", reason="owners and modes as POSIX has them")
def test_that_nobody_else_can_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert meeting_folder() == tmp_path / "layerscope"
    (tmp_path / "layerscope").chmod(0o777)
    assert meeting_folder() is None
    assert Meeting(tmp_path / "library.sqlite").first, "without a place to meet each start is the first"


@given(st.builds(StartRequest, st.text(), st.text(), st.integers(), st.text(), st.text(), st.text(), st.booleans()))
def test_that_a_request_is_read_as_it_was_written(request_: StartRequest) -> None:
    assert StartRequest.read(request_.line()) == request_
    assert request_.line().count(b"\n") == 1


@given(st.binary() | st.sampled_from([b"[]", b'{"file": 3}', b"[" * 10_000, b'{"step": true}', b"\xff"]))
def test_that_any_other_line_is_none(line: bytes) -> None:
    found = StartRequest.read(line)
    assert found is None or found.line()


def test_that_the_question_has_an_answer_for_each_choice(qapp: QApplication) -> None:
    box = question()
    texts = [button.text() for button in box.findChildren(QPushButton)]
    assert all(each.button in texts for each in SecondStart if each.button)
    assert box.defaultButton().text() == SecondStart.SHOW.button
    box.deleteLater()


def test_that_the_choice_can_be_changed_and_is_ticked(open_window: OpenWindow) -> None:
    window = open_window()
    kept: list[str] = []
    preferences = window.widget.preferences  # type: ignore[attr-defined]  # of the main window
    commands = SecondStartCommands(window.widget, preferences, lambda: kept.append(preferences.second_start))
    (ask, show, _) = commands.commands()
    assert (ask.checked, show.checked) == (True, False)
    show.slot()
    commands.take(StartRequest(choice="open", show=False))
    assert kept == ["show", "open"]
    assert second_start_named("no such") is SecondStart.ASK
