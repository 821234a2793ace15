"""Brings the texts of the window up to date: what the buttons would do, how far the run is, what it suffers from."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.controls.control_panel import ControlPanel
from gui.controls.transport_bar import TransportBar
from gui.pages.page_stack import PageStack
from gui.runs.run_state import RunState
from gui.runs.session import Session
from gui.runs.viewed import HIDDEN, Viewed
from gui.window.verdict_presenter import VerdictPresenter
from model.base.language import tr


class StatePresenter(QObject):
    """Shows the state of the run that is viewed; `refreshed` says that all other texts are due too."""

    refreshed = Signal()

    def __init__(
        self,
        session: Session,
        panel: ControlPanel,
        transport: TransportBar,
        pages: PageStack,
        verdicts: VerdictPresenter,
    ) -> None:
        super().__init__(panel)
        self.session, self.panel, self.transport = session, panel, transport
        self.pages, self.verdicts = pages, verdicts
        self.viewed: Viewed = session.viewed
        session.state_changed.connect(self.show_state)
        panel.changed.connect(self.show_state)
        self.viewed.run_changed.connect(transport.restart)
        self.viewed.cover_changed.connect(self.show_state)
        self.viewed.page_changed.connect(self.show_figures)

    @Slot()
    def show_state(self) -> None:
        """Say what the buttons would do now, and bring all figures up to date."""
        state = self.session.state
        ready = state not in (RunState.ABSENT, RunState.CLOSED)
        self.transport.show_state(ready=ready, running=self.session.running, finished=self.session.ended)
        covered = self.viewed.covered
        self.panel.cover(tr(HIDDEN) if covered else "")
        self.panel.show_running(
            self.viewed.config if state.has_begun and not covered else None, ended=self.session.ended
        )
        self.show_figures()

    @Slot()
    def show_figures(self) -> None:
        """Bring all numbers up to date; a few times a second, so that they can be read."""
        if self.pages.started:
            self.pages.current.update_text()
            self.verdicts.show_verdict()
            self.refreshed.emit()
        self.verdicts.show_hint()
        iteration = self.viewed.run_log.iteration if self.viewed.run_log else 0
        self.transport.show_progress(iteration, self.viewed.config.iterations, running=self.session.running)
