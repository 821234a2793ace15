"""What the tests of going back in time share: runs whose records tell which iteration they are of, and the tab."""

import numpy as np

from gui.pages.dashboard.dashboard import Dashboard
from gui.runs.training_thread import Mailbox
from gui.views.over_time.over_time_view import TimeView
from model.config.config import Config
from model.config.views import View
from tests.support.records import record_of
from tests.support.windows import click, settle


def over_time(board: Dashboard) -> TimeView:
    """The tab, looked at."""
    board.detail.choose(View.TIMELINE)
    view = board.detail.view
    assert isinstance(view, TimeView)
    return view


def choose(view: TimeView, name: str) -> None:
    """Look at another quantity."""
    click(view.buttons[name])


def run_of(board: Dashboard, iterations: list[int], total: int = 2_000) -> Mailbox:
    """Show a run with records at these iterations, whose loss tells which it is."""
    mailbox = Mailbox()
    board.show_run(Config(iterations=total), None, mailbox)
    extend(mailbox, iterations)
    settle(board)
    return mailbox


def extend(mailbox: Mailbox, iterations: list[int]) -> None:
    """Go on with such a run; every tenth iteration has a test accuracy."""
    for iteration in iterations:
        record = record_of(iteration, 1 + iteration / 1000, 0.5, 0.75 if iteration % 10 == 0 else np.nan)
        mailbox.put(record)
        mailbox.show(record)
        mailbox.iteration = iteration


def shown(board: Dashboard) -> int:
    """The iteration whose moment is drawn."""
    settle(board)
    assert board.moment is not None
    return board.moment.figures.iteration


def playing(board: Dashboard) -> bool:
    """Whether the run is being played back."""
    return board.timeline.playing
