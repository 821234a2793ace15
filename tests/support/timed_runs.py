"""What the tests of going back in time share: runs whose records tell which iteration they are of, and the tab."""

import numpy as np

from gui.pages.dashboard.dashboard import Dashboard
from gui.views.over_time.over_time_view import OverTimeView
from gui.widgets.deferred_stack import settle_all
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import ViewKind
from model.history.run_log import RunLog
from tests.support.records import record_of
from tests.support.windows import click, open_view, settle


def over_time(board: Dashboard) -> OverTimeView:
    """The tab, looked at."""
    view = open_view(board, ViewKind.TIMELINE)
    assert isinstance(view, OverTimeView)
    return view


def choose(view: OverTimeView, name: str) -> None:
    """Look at another quantity."""
    click(view.buttons[name])
    settle_all(view)


def run_of(board: Dashboard, iterations: list[int], total: int = 2_000) -> RunLog:
    """Show a run with records at these iterations, whose loss tells which it is."""
    run_log = RunLog()
    board.viewed.show_run(Recipe(Config(iterations=total)), run_log, None)
    extend(run_log, iterations)
    settle(board)
    return run_log


def extend(run_log: RunLog, iterations: list[int]) -> None:
    """Go on with such a run; every tenth iteration has a test accuracy."""
    for iteration in iterations:
        record = record_of(iteration, 1 + iteration / 1000, 0.5, 0.75 if iteration % 10 == 0 else np.nan)
        run_log.put(record)
        run_log.show(record)
        run_log.iteration = iteration


def shown(board: Dashboard) -> int:
    """The iteration whose moment is drawn."""
    settle(board)
    assert board.moment is not None
    return board.moment.figures.iteration


def playing(board: Dashboard) -> bool:
    """Whether the run is being played back."""
    return board.timeline.playing
