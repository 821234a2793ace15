"""What leaves the window is in English, whatever language it speaks: exports, tables, commands, crash reports."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.page_stack import PageStack
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from gui.style.theme import LIGHT
from gui.window.data_commands import DataCommands
from gui.window.run_files import RunFiles
from model.base.crash_watch import CrashWatch
from model.base.errors import InputError
from model.base.language import ENGLISH, language
from model.config.recipe import Recipe
from model.config.views import PageKind
from model.exports.formats import Export, Format
from model.exports.plot_table import PlotTable
from model.exports.reproduce import COPIES, Copy
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from tests.support.catalogues import OfWords, speaking

WORDS = OfWords({"No such file: {path}.": "「{path}」はありません。", "Wrote {path}.": "書いた"})


@pytest.fixture(autouse=True)
def spoken() -> Iterator[None]:
    """Speak another language."""
    with speaking(WORDS):
        yield


@pytest.fixture
def registry(qtbot: QtBot) -> Iterator[RunRegistry]:
    """A list of runs that are kept nowhere."""
    made = RunRegistry.open(None, Viewed())
    yield made
    made.close()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """What dialogs lie over."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_that_runs_are_exported_in_english(
    registry: RunRegistry, parent: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(listing: RunListing, run_log: RunLog, out: Path, at: int | None = None) -> Path:
        out.write_text(language(), "utf-8")
        return out

    path, said = tmp_path / "out.csv", list[str]()
    monkeypatch.setattr(Export.CSV, "_value_", Format("CSV", ".csv", "", write))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    files = RunFiles(registry, registry.viewed, parent)
    files.said.connect(said.append)
    files.export(Export.CSV, [registry.begin(Recipe(registry.viewed.config), RunLog())])
    qtbot.waitUntil(lambda: bool(said))
    assert (path.read_text("utf-8"), said) == (ENGLISH, ["書いた"])


def test_that_what_makes_a_run_again_is_copied_in_english(
    registry: RunRegistry, parent: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(COPIES, "command", Copy("Copied.", lambda recipe: f"in {language()}"))
    files = RunFiles(registry, registry.viewed, parent)
    files.copy(registry.begin(Recipe(registry.viewed.config), RunLog()), "command")
    assert QGuiApplication.clipboard().text() == f"in {ENGLISH}"


def test_that_what_plots_show_is_copied_in_english(parent: QWidget, qtbot: QtBot) -> None:
    pages = PageStack({PageKind.RUN: lambda theme: pytest.fail("nobody looks at it")}, Viewed(), LIGHT)
    qtbot.addWidget(pages)
    data = DataCommands(pages, parent)
    data.copy(lambda: PlotTable(["language"], [[language()]]))
    assert QGuiApplication.clipboard().text() == f"language\n{ENGLISH}\n"


def test_that_a_crash_is_reported_and_printed_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    with CrashWatch(tmp_path, hard=False) as watch:
        watch.tell = lambda error: told.append(str(error))
        try:
            raise InputError("No such file: {path}.", path="digits")
        except InputError as error:
            watch._in_main(InputError, error, error.__traceback__)
    (report,) = watch.reports.kept()
    for text in (report.read_text("utf-8"), capsys.readouterr().err):
        assert "No such file: digits." in text
        assert "ありません" not in text
    assert told == ["「digits」はありません。"], "the user is told in the window's language"
