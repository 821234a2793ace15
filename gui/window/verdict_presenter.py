"""What the line at the bottom says of a window's run, and what its remedies do."""

from typing import TYPE_CHECKING

from model.base import number_format
from model.config.presets import preset_of
from model.diagnosis.verdict import Remedy

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class VerdictPresenter:
    """Hint, verdict and remedies, for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.window = window

    @property
    def _page_hint(self) -> str:
        return self.window.pages.current.hint if self.window.pages else ""

    def show_verdict(self) -> None:
        """Say what the run is, or was at the moment that is shown; nothing before it has begun, or on another page."""
        session, dashboard = self.window.session, self.window.dashboard
        at = dashboard.at if dashboard else None
        verdict = session.run_log.verdict(at) if session.run_log and session.begun and not self._page_hint else None
        self.window.status.judge(verdict, live=at is None)

    def show_hint(self) -> None:
        """Say what to look for, and how it ended; on other pages than the run's what can be done there."""
        session, status = self.window.session, self.window.status
        preset = preset_of(self.window.panel.config)
        run_log = session.run_log
        newest = run_log.history.newest if run_log else None
        if self._page_hint:
            status.hint(self._page_hint)
        elif run_log is None:
            status.hint("Reading the data set …")
        elif session.ended and not run_log.ended:
            status.hint("This run is trained in the background, and drawn as it goes.")
        elif session.ended and newest:
            accuracy = number_format.percent(newest.test_accuracy)
            end = f"Ended at iteration {number_format.count(newest.iteration)}: test accuracy {accuracy}."
            status.hint(f"{end}  {preset.look}" if preset else end)
        else:
            status.hint(preset.look if preset else "Press Train and watch which layers come alive.")

    def take_remedy(self, remedy: Remedy) -> None:
        """Set up the present run with one change; its curves stay, as those of every run that is shown in the list."""
        window = self.window
        window.take_config(remedy.of(window.session.config))
        window.transport.train.setFocus()
        window.status.note(f"Ready with {remedy.label}: press Train. The run before stays in the curves.")
