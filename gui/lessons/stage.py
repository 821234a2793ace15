"""What a step does to the rest of the window: shows a view, lights up, dims, and draws the bet on the plots."""

from collections.abc import Iterable
from math import isfinite
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from gui.lessons.lesson_pages import LessonPages
from gui.style.theme import Theme
from gui.widgets.split import SplitHandle
from gui.widgets.spotlight import Look, Spotlight
from model.config.views import PageKind, ViewKind
from model.lessons.giveaways import giveaways
from model.lessons.lesson import Step
from model.lessons.places import Place, WindowPart

if TYPE_CHECKING:
    from gui.lessons.drawn_bets import DrawnBets
    from gui.pages.dashboard.dashboard import Dashboard

VIEWS = {view.key: view for view in ViewKind}


class Scene(Protocol):
    """The window as lessons know it."""

    @property
    def board(self) -> "Dashboard | None":
        """The page of the run, None while it is not there yet."""

    def show(self, page: PageKind, view: ViewKind | None) -> None:
        """Open a page, and one of the tabs of the run."""

    def reveal(self, part: QWidget) -> None:
        """Bring a part into sight."""

    def go_to(self, iteration: int) -> None:
        """Show an iteration of the run."""

    def parts(self, part: str) -> list[QWidget]:
        """What is called so, by the keys of cards, views and WindowPart."""

    @property
    def plots(self) -> list[QWidget]:
        """What draws a run."""

    @property
    def all_parts(self) -> list[QWidget]:
        """What can be dimmed."""


class LessonStage(QObject):
    """Follows a LessonPages while it is `watched`, and leaves the window as it is by itself when it is not."""

    def __init__(self, panel: LessonPages, scene: Scene, theme: Theme) -> None:
        super().__init__(panel)
        self.panel, self.scene, self.theme = panel, scene, theme
        self.spotlight = Spotlight(theme)
        self.watched = True
        self._pointed: Place | None = None
        self._layer: int | None = None
        self._bets: DrawnBets | None = None
        self._gone_to: object = None
        self._light: tuple[list[QWidget], list[QWidget]] = ([], [])
        panel.entered.connect(self._entered)
        panel.left.connect(self.clear)
        panel.page.bet_changed.connect(self._draw_bet)
        panel.page.place_pointed.connect(self.point)

    @property
    def step(self) -> Step | None:
        """The step that shows, if it is looked at."""
        return self.panel.flow.step if self.panel.flow and self.watched else None

    @Slot()
    def _entered(self) -> None:
        self._pointed, self._gone_to = None, None
        if step := self.step:
            view = step.view or (step.experiment.view if step.experiment else None)
            self.scene.show(step.page, view)
        self.refresh()

    def refresh_all(self) -> None:
        """Show all of the step, on plots that have come after it."""
        self._entered()

    def watch(self, *, watched: bool) -> None:
        """Begin or end to follow."""
        if watched != self.watched:
            self.watched = watched
            self.refresh()

    @Slot(object)
    def point(self, place: Place) -> None:
        """Light a place up that the text names, and open its view."""
        self._pointed = place
        if place.part in VIEWS:
            self.scene.show(PageKind.RUN, VIEWS[place.part])
        self.refresh()

    def refresh(self) -> None:
        """Light up, dim and draw what the step says."""
        step = self.step
        if step is None or self.scene.board is None:
            self.clear()
            return
        lit = [*step.mark, *([self._pointed] if self._pointed else [])]
        shown = [part for place in lit for part in self.scene.parts(place.part)]
        left = {*shown, *(part for place in step.only for part in self.scene.parts(place.part))}
        dimmed = [part for part in self.scene.all_parts if not self._touches(part, left)] if step.only else []
        self._light = (shown, dimmed)
        for part in shown[-1:]:
            self.scene.reveal(part)
        self._light_guides(lit=any(place.part == WindowPart.GUESSING.key for place in lit))
        self._choose_layer(next((place.layer for place in reversed(lit) if place.layer is not None), None))
        self._draw_bet()

    @staticmethod
    def _touches(part: QWidget, left: Iterable[QWidget]) -> bool:
        return any(part is each or part.isAncestorOf(each) or each.isAncestorOf(part) for each in left)

    def _light_guides(self, *, lit: bool) -> None:
        if board := self.scene.board:
            for card in board.curves:
                if card.plot.guide_lit != lit:
                    card.plot.light_guide(self.theme, lit=lit)

    def _handles_step_back(self, away: set[QWidget]) -> None:
        if board := self.scene.board:
            for handle in board.findChildren(SplitHandle):
                handle.step_back(away)

    def _choose_layer(self, layer: int | None) -> None:
        """Highlight a layer in every plot; take back only what a step before highlighted."""
        board = self.scene.board
        if board is None:
            return
        wanted = None if layer is None else layer - 1 if layer else len(board.viewed.config.hidden)
        if wanted == self._layer:
            return
        if wanted is None and board.detail.layer == self._layer and self._layer is not None:
            board.choose_layer(self._layer)
        elif wanted is not None and board.detail.layer != wanted:
            board.choose_layer(wanted)
        self._layer = wanted

    @Slot()
    def _draw_bet(self) -> None:
        board, flow = self.scene.board, self.panel.flow
        if board is None or flow is None or not self.watched:
            return
        lit, dimmed = self._light
        secret = giveaways(flow.lesson, flow.step) if flow.asks else ()
        covered = [part for place in secret for part in self.scene.parts(place.key)]
        covered = self.scene.plots if flow.covers else covered
        uncovered = [part for part in dimmed if part not in covered]
        told = [part for part in uncovered if flow.asks and self._touches(part, self.scene.plots)]  # by figures aside
        rest = [part for part in uncovered if part not in told]
        self.spotlight.show({Look.DIMMED: rest, Look.VEILED: told, Look.LIT: lit, Look.COVERED: covered})
        self._handles_step_back({*dimmed, *covered})
        if self._bets is None:
            from gui.lessons.drawn_bets import DrawnBets

            self._bets = DrawnBets(board, self.theme)
        self._bets.draw(flow, self.panel.page.editor)
        at = flow.step.at
        if at is not None and isfinite(at) and flow.told and self._gone_to is not flow:
            self._gone_to = flow
            self.scene.go_to(at)

    @Slot()
    def clear(self) -> None:
        """Leave the window as it is by itself."""
        self.spotlight.clear()
        self._handles_step_back(set())
        self._light_guides(lit=False)
        self._choose_layer(None)
        if self._bets:
            self._bets.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.spotlight.apply_theme(theme)
        if self._bets:
            self._bets.apply_theme(theme)
        self.refresh()
