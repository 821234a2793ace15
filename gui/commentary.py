"""What the line at the bottom says of a window's run, and what its remedies do."""

from typing import TYPE_CHECKING

from gui import numbers
from model.presets import preset_of
from model.verdict import Remedy

if TYPE_CHECKING:
    from gui.window import MainWindow


class Commentary:
    """Hint, verdict and remedies, for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.window = window

    def show_verdict(self) -> None:
        """Say what the run is, or was at the moment that is shown; nothing before it has begun."""
        session, dashboard = self.window.session, self.window.dashboard
        at = dashboard.at if dashboard else None
        verdict = session.mailbox.verdict(at) if session.mailbox and session.begun else None
        self.window.status.judge(verdict, live=at is None)

    def show_hint(self) -> None:
        """Say what to look for, and how it ended."""
        session, status = self.window.session, self.window.status
        preset = preset_of(self.window.panel.config)
        newest = session.mailbox.history.newest if session.mailbox else None
        if not session.ready:
            status.hint("Reading the data set …")
        elif session.ended and newest:
            accuracy = numbers.percent(newest.test_accuracy)
            end = f"Ended at iteration {numbers.count(newest.iteration)}: test accuracy {accuracy}."
            status.hint(f"{end}  {preset.look}" if preset else end)
        else:
            status.hint(preset.look if preset else "Press Train and watch which layers come alive.")

    def take_remedy(self, remedy: Remedy) -> None:
        """Set up the present run with one change, and keep its curves to compare with."""
        window = self.window
        if window.dashboard:
            window.dashboard.keep_curves()
        window.take_config(remedy.of(window.session.config))
        window.transport.train.setFocus()
        window.status.note(f"Ready with {remedy.label}: press Train. The dotted grey curves are the run before.")
