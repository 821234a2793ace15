"""What the status line says of the run on the screen."""

from collections.abc import Callable

from gui.controls.control_panel import ControlPanel
from gui.controls.status_line import StatusLine
from gui.runs.session import Session
from gui.runs.viewed import HIDDEN, Viewed
from model.base import number_format
from model.base.language import tr
from model.config.presets import preset_of


class VerdictPresenter:
    """Shows verdict, remedies and hint; where `hint_of_page` has something to say, that takes their place."""

    def __init__(
        self, viewed: Viewed, session: Session, panel: ControlPanel, status: StatusLine, hint_of_page: Callable[[], str]
    ) -> None:
        self.viewed, self.session, self.panel, self.status = viewed, session, panel, status
        self.hint_of_page = hint_of_page

    def show_verdict(self) -> None:
        """Say what the run is, or was at the moment that is viewed; nothing before it has begun, or on another page."""
        at, run_log = self.viewed.at, self.viewed.run_log
        speaks = run_log and self.session.state.has_begun and not self.hint_of_page() and not self.viewed.covered
        self.status.judge(run_log.verdict(at) if run_log and speaks else None, live=at is None)

    def show_hint(self) -> None:
        """Say what to look for, and how it ended; on other pages than the run's what can be done there."""
        session, status, run_log = self.session, self.status, self.viewed.run_log
        preset = preset_of(self.panel.config)
        newest = run_log.history.newest if run_log else None
        if hint := self.hint_of_page():
            status.hint(hint)
        elif self.viewed.covered:
            status.hint(tr(HIDDEN))
        elif run_log is None:
            status.hint(tr("Reading the data set …"))
        elif session.ended and not run_log.ended:
            status.hint(tr("This run is trained in the background, and drawn as it goes."))
        elif session.ended and newest:
            accuracy, iteration = number_format.percent(newest.test_accuracy), number_format.count(newest.iteration)
            end = tr("Ended at iteration {iteration}: test accuracy {share}.", iteration=iteration, share=accuracy)
            status.hint(f"{end}  {preset.look}" if preset else end)
        else:
            status.hint(preset.look if preset else tr("Press Train and watch which layers come alive."))
