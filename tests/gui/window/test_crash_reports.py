"""A mistake of the program itself, of whatever kind, leaves a report without a personal word, and loses no run."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from gui.window.crash_commands import NONE_KEPT, CrashCommands, CrashSheet
from gui.window.preferences import Preferences
from model.base.crash_reports import CrashReports
from model.base.version import version
from model.config.config import Config
from tests.support.program import Program, ended, heard
from tests.support.window_page import OpenWindow
from tests.support.windows import click, dispose, visible

TRAINING = """
def act(window):
    window.content.training.train_or_pause()
    wait(lambda: window.content.viewed.run_log and window.content.viewed.run_log.iteration > 100, crash, window)
"""
IN_A_SLOT = (
    TRAINING
    + """
def crash(window):
    window.content.training.acted.connect(mistake)
    for _ in range(5):
        window.content.training.acted.emit()
    iteration = window.content.viewed.run_log.iteration
    wait(lambda: window.content.viewed.run_log.iteration > iteration + 50, say, "ready")
def mistake():
    raise ZeroDivisionError(os.environ["HOME"] + "/thesis of mine/digits.gz")
"""
)
IN_A_THREAD = (
    TRAINING
    + """
from threading import Thread
def crash(window):
    thread = Thread(target=mistake, name="of ours")
    thread.start()
    thread.join()
    say("ready")
def mistake():
    raise ZeroDivisionError(os.environ["HOME"] + "/thesis of mine/digits.gz")
"""
)
IN_TRAINING = """
from model.training.training_loop import TrainingLoop
step = TrainingLoop.step
def mistaken(self, *arguments):
    if self.trainer.updates > 100:
        raise ZeroDivisionError(os.environ["HOME"] + "/thesis of mine/digits.gz")
    return step(self, *arguments)
TrainingLoop.step = mistaken
def act(window):
    window.content.training.train_or_pause()
    wait(lambda: window.content.session.ended, QTimer.singleShot, 100, lambda: say("ready"))
"""
IN_A_DESTRUCTOR = (
    TRAINING
    + """
class Gone:
    def __del__(self):
        raise ZeroDivisionError(os.environ["HOME"] + "/thesis of mine/digits.gz")
def crash(window):
    Gone()
    say("ready")
"""
)
WHILE_IT_CLOSES = (
    TRAINING
    + """
def crash(window):
    def mistake():
        raise ZeroDivisionError(os.environ["HOME"] + "/thesis of mine/digits.gz")
    window.content.training.close = window.content.factory.close = mistake
    say("ready")
"""
)
MISTAKES = (IN_A_SLOT, IN_A_THREAD, IN_TRAINING, IN_A_DESTRUCTOR)
NAMES = ("slot", "thread", "training", "destructor")
SEGMENTATION_FAULT = (
    TRAINING
    + """
def crash(window):
    import ctypes
    QTimer.singleShot(900, lambda: (say("ready"), ctypes.string_at(0)))
"""
)
ABORT = (
    TRAINING
    + """
def crash(window):
    say("ready")
    os.abort()
"""
)
NO_PARTS = """
from gui.window.main_window import MainWindow
def build(self):
    raise ZeroDivisionError("no window")
MainWindow.build = build
"""
IN_A_COMMAND = """
import model.cli.train as part
def mistake(*_):
    raise ZeroDivisionError("in a command")
part.parse = mistake
"""
OFFERS = """
def act(window):
    wait(lambda: any(type(each).__name__ == "CrashBar" and each.isVisible() for each in window.findChildren(QFrame)),
         say, "offered")
from PySide6.QtWidgets import QFrame
"""
LATER = (
    "def act(window): QTimer.singleShot(2500, lambda: say(str(len(bars(window)))))\n"
    + """
from PySide6.QtWidgets import QFrame
def bars(window):
    return [each for each in window.findChildren(QFrame) if type(each).__name__ == "CrashBar"]
"""
)


@pytest.fixture
def program(tmp_path: Path, folder: str) -> Iterator[Program]:
    home = tmp_path / "anna.meier"
    home.mkdir()
    with Program(home, LOGNAME="anna.meier") as made:
        made.prefer(config=Config(hidden=(8, 6), iterations=10_000_000, data=folder).to_json())
        yield made


def check(program: Program, report: str, *words: str) -> None:
    """That a report says these and where it was, and nothing of its user."""
    for word in (f"Layerscope {version()}", "NumPy", "processors", *words):
        assert word in report, (word, report)
    for word in ("anna", "meier", "thesis", str(program.folder), str(Path.home()), os.uname().nodename):
        assert word not in report.lower(), (word, report)


@pytest.mark.parametrize("mistake", MISTAKES, ids=NAMES)
def test_that_a_mistake_is_reported_once_and_loses_no_run(program: Program, mistake: str) -> None:
    process = program.start(mistake)
    heard(process, "ready")
    process.send_signal(signal.SIGTERM)
    code, complaints = ended(process)
    assert code == 0
    assert "ZeroDivisionError" in complaints
    (report,) = program.reports()
    check(program, report, "ZeroDivisionError: <path>", "Traceback")
    (run,) = program.runs()
    assert run.summary.iteration >= 100


def test_that_a_mistake_of_one_part_keeps_no_other_from_closing(program: Program) -> None:
    process = program.start(WHILE_IT_CLOSES)
    heard(process, "ready")
    process.send_signal(signal.SIGTERM)
    code, complaints = ended(process)
    assert code == 1
    assert "ZeroDivisionError" in complaints
    assert len(program.runs()) == 1
    assert program.settings()["config"]["hidden"] == [8, 6]
    assert program.reports()


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
@pytest.mark.parametrize(
    ("crash", "number", "words"),
    [(SEGMENTATION_FAULT, signal.SIGSEGV, "Segmentation fault"), (ABORT, signal.SIGABRT, "Aborted")],
    ids=["segv", "abort"],
)
def test_that_a_crash_of_the_process_is_reported_and_offered_once_at_the_next_start(
    program: Program, crash: str, number: signal.Signals, words: str
) -> None:
    process = program.start(crash)
    heard(process, "ready")
    assert ended(process)[0] == -number
    assert not program.reports(), "who has crashed writes none"
    again = program.start(OFFERS)
    heard(again, "offered")
    again.send_signal(signal.SIGTERM)
    assert ended(again) == (0, "")
    (report,) = program.reports()
    check(program, report, words, "Thread", "in crash" if crash == ABORT else "string_at")
    assert len(program.runs()) == 1, "what was trained is there"
    third = program.start(LATER)
    heard(third, "0")
    third.send_signal(signal.SIGTERM)
    assert ended(third) == (0, "")
    assert not [*program.folder.rglob("*.fault")]


def test_that_a_window_that_cannot_be_made_ends_with_a_report(program: Program) -> None:
    code, complaints = ended(program.start(NO_PARTS))
    assert code == 1
    assert "no window" in complaints
    (report,) = program.reports()
    assert "ZeroDivisionError: no window" in report


def test_that_a_mistake_without_a_window_is_reported_too(program: Program) -> None:
    code, complaints = ended(program.start(IN_A_COMMAND, "train"))
    assert code == 1
    assert "in a command" in complaints
    (report,) = program.reports()
    assert "ZeroDivisionError: in a command" in report
    assert ended(program.start("", "train", "--seed", "none"))[0] == 2
    assert len(program.reports()) == 1, "bad input is no crash"


@pytest.fixture
def reports(tmp_path: Path) -> CrashReports:
    made = CrashReports(tmp_path / "crashes")
    made.write("First: mistake", "here", "Traceback one", "Version: 1")
    made.write("Second: mistake", "there", "Traceback two", "Version: 1")
    return made


def test_that_the_sheet_shows_copies_and_deletes(reports: CrashReports, open_window: OpenWindow) -> None:
    sheet = CrashSheet(reports, open_window().widget)
    sheet.show()
    assert "Second: mistake" in sheet.text.toPlainText()
    sheet.choice.setCurrentIndex(1)
    assert "First: mistake" in sheet.text.toPlainText()
    click(sheet.copy)
    assert QGuiApplication.clipboard().text() == sheet.text.toPlainText()
    click(sheet.remove)
    assert len(reports.kept()) == 1
    click(sheet.remove)
    assert reports.kept() == []
    assert sheet.text.toPlainText() == NONE_KEPT
    assert not sheet.copy.isEnabled()
    dispose(sheet)


def test_that_the_line_shows_or_deletes_the_newest(reports: CrashReports, open_window: OpenWindow) -> None:
    window, preferences = open_window(), Preferences()
    commands = CrashCommands(reports, preferences, window.widget)
    bar = commands.bar_for_new()
    assert bar
    assert preferences.crash_offered == reports.kept()[0].name
    assert commands.bar_for_new() is None, "each is offered once"
    bar.show()
    (text,) = [each.text() for each in bar.findChildren(QLabel)]
    assert "nothing was sent" in text
    show, delete, later = bar.findChildren(QPushButton)
    click(show)
    (sheet,) = visible(window.widget, CrashSheet)
    sheet.reject()
    bar.show()
    click(later)
    assert len(reports.kept()) == 2
    bar.show()
    click(delete)
    assert len(reports.kept()) == 1
    assert not bar.isVisible()
    QApplication.processEvents()
    dispose(bar)
