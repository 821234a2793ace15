"""A signal, a log-out or a closed terminal ends the window as closing it does, whatever goes on in it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.config.config import Config
from tests.support.program import Program, ended, heard

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")

IDLE = "def act(window): say('ready')"
TRAINING = """
def act(window):
    window.content.training.train_or_pause()
    wait(lambda: window.content.viewed.run_log and window.content.viewed.run_log.iteration > 100, say, "ready")
"""
PAUSED = """
def act(window):
    window.content.training.train_or_pause()
    run_log = lambda: window.content.viewed.run_log
    wait(lambda: run_log() and run_log().iteration > 100, pause, window)
def pause(window):
    window.content.training.train_or_pause()
    say("ready")
"""
WITH_A_MENU = (
    TRAINING.replace('say, "ready")', "opens, window)")
    + """
def opens(window):
    QTimer.singleShot(0, lambda: say("ready"))
    window.menuBar().actions()[0].menu().exec()
    say("menu closed")
"""
)
WITH_DIALOGS = (
    TRAINING.replace('say, "ready")', "opens, window)")
    + """
from PySide6.QtWidgets import QFileDialog, QInputDialog
def opens(window):
    QTimer.singleShot(0, over)
    QFileDialog.getOpenFileName(window, "Open")
    window.content.help.show_keyboard()
def over():
    QTimer.singleShot(0, lambda: say("ready"))
    QInputDialog.getText(window_of(), "Over it", "a second one")
"""
)
WITH_A_SHEET = """
def act(window):
    window.content.help.show_keyboard()
    say("ready")
"""
BEHIND = """
from model.config.recipe import Recipe
from model.config.views import PageKind
def act(window):
    content = window.content
    content.pages.choose(PageKind.REPEATS)
    content.factory.read_ahead()
    from gui.runs.background_runner import begin_in_background
    config = content.panel.config
    content.entry = begin_in_background(content.registry, content.factory.worker_pool(), Recipe(config.replace(seed=7)))
    wait(lambda: content.entry.run_log.iteration > 50, say, "ready")
"""
EARLY = """
from gui.window.end_signals import EndSignals
hear = EndSignals.__init__
def begin(self):
    hear(self)
    {moment}
EndSignals.__init__ = begin
"""
BEFORE_THE_FRAME = "say('ready')"
AS_A_FRAME = "wait(lambda: window_of() is not None, say, 'ready')"
WITHOUT_PLOTS = "wait(lambda: window_of() is not None and window_of().filled, say, 'ready')"
LOADS = (IDLE, TRAINING, PAUSED, WITH_A_MENU, WITH_DIALOGS, WITH_A_SHEET, BEHIND)
NAMES = ("idle", "training", "paused", "menu", "dialogs", "sheet", "behind")


@pytest.fixture
def program(tmp_path: Path, folder: str) -> Iterator[Program]:
    with Program(tmp_path) as made:
        made.prefer(config=Config(hidden=(8, 6), iterations=10_000_000, data=folder).to_json())
        yield made


@pytest.mark.parametrize("load", LOADS, ids=NAMES)
def test_that_sigterm_ends_the_window_as_closing_it_does(program: Program, load: str) -> None:
    process = program.start(load)
    heard(process, "ready")
    os.kill(process.pid, signal.SIGTERM)
    os.kill(process.pid, signal.SIGTERM)  # which cuts nothing short
    assert ended(process) == (0, "")
    assert program.settings()["config"]["hidden"] == [8, 6]
    kept = {run.recipe.config.seed for run in program.runs() if run.summary.iteration > 0}
    assert kept == ({7} if load == BEHIND else {0} if "training.train" in load else set())
    assert not [*program.folder.rglob("*.fault")], "nothing crashed"


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT])
def test_that_a_closed_terminal_and_ctrl_c_do_the_same(program: Program, number: signal.Signals) -> None:
    process = program.start(TRAINING)
    heard(process, "ready")
    os.kill(process.pid, number)
    assert ended(process) == (0, "")
    assert len(program.runs()) == 1


@pytest.mark.parametrize("load", [BEHIND, TRAINING], ids=["behind", "training"])
def test_that_a_log_out_which_ends_all_processes_at_once_loses_nothing(program: Program, load: str) -> None:
    process = program.start(load)
    heard(process, "ready")
    for number in (signal.SIGTERM, signal.SIGHUP):  # as systemd does at the end of a session
        os.killpg(process.pid, number)
    assert ended(process) == (0, "")
    assert len(program.runs()) == 1


@pytest.mark.parametrize("moment", [BEFORE_THE_FRAME, AS_A_FRAME, WITHOUT_PLOTS], ids=["qt", "frame", "plots"])
def test_that_a_signal_during_the_start_ends_it(program: Program, moment: str) -> None:
    process = program.start(EARLY.replace("{moment}", moment))
    heard(process, "ready")
    os.kill(process.pid, signal.SIGTERM)
    assert ended(process) == (0, "")


def test_that_what_is_ignored_stays_ignored(program: Program) -> None:
    script = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{IDLE}"
    process = program.start(script)
    heard(process, "ready")
    os.kill(process.pid, signal.SIGHUP)  # as to a program that nohup has started
    os.kill(process.pid, signal.SIGTERM)
    assert ended(process) == (0, "")


SESSION = (
    TRAINING.replace('say, "ready")', "asked, window)")
    + """
class Manager:
    def setRestartCommand(self, words):
        say("again " + " ".join(os.path.basename(word) for word in words[1:]))
def asked(window):
    from gui.window.session_end import SessionEnd
    (session,) = window.findChildren(SessionEnd)
    window.content.panel._edit("seed", 5)
    session.commit(None)
    from model.library.library import Library
    kept = Library.open(window.library)
    saved = kept.runs()[0].summary.iteration >= 100
    kept.close()
    say(f"saved {saved} {window.content.session.running}")
    session.describe(Manager())
    application.quit()  # as Qt does when the session manager lets its programs die
"""
)


def test_that_a_session_manager_has_all_saved_and_then_ends_it(program: Program) -> None:
    process = program.start(SESSION)
    heard(process, "saved True True")
    heard(process, "again main.py --library library.sqlite")
    assert ended(process) == (0, "")
    assert program.settings()["config"]["seed"] == 5
    assert len(program.runs()) == 1
