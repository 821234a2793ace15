"""What the tests of going back in time share: runs whose records tell which iteration they are of, and the tab."""

import numpy as np

from gui.dashboard import Dashboard
from gui.time_view import TimeView
from gui.training import Mailbox
from model.config import Config
from model.views import View
from tests.gui_support import click, settle
from tests.records import record_of


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
