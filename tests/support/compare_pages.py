"""What the tests of the compare view share: runs without a library, small and quick ones, and what is drawn of them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from pytestqt.qtbot import QtBot

from gui.pages.compare.column import RunColumn
from gui.pages.compare.compare_page import ComparePage
from gui.runs.run_entry import RunEntry
from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from gui.style.theme import LIGHT
from model.config.config import Config
from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.autosave import Autosaver
from model.library.library import Library
from model.measurement.histograms import Histogram
from model.measurement.records import EVERY_HISTOGRAM, Histograms, LayerRecord, Record
from model.nn.activations import Activation
from tests.support.records import layer_of, record_of


def histogram_of(shares: list[float], high: float = 1.0, zeros: float = 0.0) -> Histogram:
    """Values from 0 to `high` in as many bins as there are shares."""
    return Histogram(0.0, high, np.array(shares), 0.0, 0.0, zeros)


class NoLibrary(Autosaver):
    """A autosaver that keeps nothing; `wanted` are the runs that it was asked to read."""

    def __init__(self) -> None:
        self.asked: list[Callable[[Library], Any]] = []

    def track(self, card: RunListing, run_log: RunLog) -> None:
        """Nothing."""

    def post(self, action: Callable[[Library], object]) -> None:
        """Nothing."""

    def ask(self, action: Callable[[Library], Any], then: Callable[[Any], None]) -> None:
        self.asked.append(action)


def record(iteration: int, layers: int = 2, *, delta: float = 1e-3, high: float = 1.0, **figures: Any) -> Record:
    """A record with histograms; layer k's δ is `delta` for the output and ten times less with each step back."""
    histograms = Histograms(**dict.fromkeys(EVERY_HISTOGRAM, histogram_of([0.1, 0.6, 0.2, 0.1], high)))
    hidden: tuple[LayerRecord, ...] = tuple(
        layer_of(f"Layer {k + 1}", delta_rms=delta * 10.0 ** (k - layers), histograms=histograms) for k in range(layers)
    )
    output = layer_of("Output", delta_rms=delta, histograms=histograms)
    return record_of(iteration, layers=hidden, output=output, **figures)


def entry_of(*records: Record, color: int = 0, **settings: Any) -> RunEntry:
    """A run that has these records."""
    layers = len(records[0].layers) if records else 2
    usual: dict[str, Any] = {"hidden": (5,) * layers, "activation": Activation.SIGMOID, "iterations": 100}
    run_log = RunLog()
    for each in records:
        run_log.put(each)
        run_log.iteration = each.iteration
    return RunEntry(RunListing(Recipe(Config(**{**usual, **settings})), color), run_log)


def columns(page: ComparePage) -> list[RunColumn]:
    """The columns that the page shows, drawn to the last."""
    page.finish()
    return page.view.columns


def opened(qtbot: QtBot, *entries: RunEntry, width: int = 1000, height: int = 700) -> ComparePage:
    """The page on these runs, all of them shown."""
    runs = RunRegistry(NoLibrary(), Viewed())
    runs.entries = list(entries)
    page = ComparePage(runs, LIGHT)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    return page


def three() -> list[RunEntry]:
    """Runs of one, two and three layers, whose test accuracy rises from one moment to the next."""
    moments = (0, 50, 100)
    return [
        entry_of(*(record(at, layers, test=0.1 * layers + at / 200) for at in moments), color=layers)
        for layers in (1, 2, 3)
    ]


def settle(page: ComparePage) -> None:
    """Frames until all has been drawn, then the figures."""
    for _ in range(40):
        page.frame()
    page.update_text()
