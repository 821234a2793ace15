"""Bets on the plots: a curve's end, a flag, bars; as ghosts that the editor leads, beside what was measured."""

from math import nan

from PySide6.QtCore import QObject, Slot

from gui.lessons.bets.bars_editor import BarsEditor
from gui.lessons.bets.bet_editor import BetEditor
from gui.lessons.bets.level_editor import LevelEditor
from gui.lessons.step_flow import Phase, StepFlow
from gui.pages.dashboard.dashboard import Dashboard
from gui.plots.ghost import EndGhost, FlagGhost
from gui.style.theme import Theme
from gui.views.signal_strip.ghost_bars import GhostBars
from model.base.language import tr
from model.lessons.lesson import BetKind
from model.lessons.quantities import MeasuredQuantity


class DrawnBets(QObject):
    """The ghosts on a dashboard; what the mouse pulls them to goes to the editor of the bet."""

    def __init__(self, board: Dashboard, theme: Theme) -> None:
        super().__init__(board)
        self.card = board.accuracy
        plot = self.card.plot
        self.ends = {BetKind.CURVE: EndGhost(plot, theme), BetKind.MARK: FlagGhost(plot, theme)}
        self.bars = GhostBars(board.signal.picture, theme)
        self.hidden = 0  # layers
        self.editor: BetEditor | None = None
        for ghost in self.ends.values():
            ghost.pulled.connect(self._pulled)
        self.bars.pulled.connect(self._bar_pulled)

    def _leave_room(self, *, drawn: bool) -> None:
        if self.card.hinted == drawn:
            self.card.hinted = not drawn
            self.card.redraw()

    def draw(self, flow: StepFlow, editor: BetEditor | None) -> None:
        """Draw the bet of a step: what the editor says, fixed once it is placed, and then what was measured."""
        self.editor = editor
        kind = flow.step.bet.kind if flow.step.bet else None
        movable = flow.phase is Phase.ASKED
        for other, ghost in self.ends.items():
            if other is not kind:
                ghost.hide()
        if kind is not BetKind.BARS:
            self.bars.hide()
        self._leave_room(drawn=kind in self.ends)
        if isinstance(editor, LevelEditor):
            self._draw_level(flow, editor, movable=movable)
        elif isinstance(editor, BarsEditor):
            self._draw_bars(flow, editor, movable=movable)

    def _draw_level(self, flow: StepFlow, editor: LevelEditor, *, movable: bool) -> None:
        bet = editor.bet
        assert bet.unit
        ghost, level = self.ends[bet.kind], editor.level
        untouched = movable and editor.guess is None
        said = tr("pull me") if untouched else tr("you {value}", value=bet.unit.write(level))
        ghost.show(level, said, movable=movable)
        judgement = flow.answer
        value = judgement.value if judgement else None
        if judgement and isinstance(value, int | float):
            ghost.tell(float(value), tr("measured {value}", value=judgement.found))
        else:
            ghost.tell(nan, "")

    def _draw_bars(self, flow: StepFlow, editor: BarsEditor, *, movable: bool) -> None:
        measure = editor.bet.measure
        assert measure
        experiment = editor.experiment
        self.hidden = len(experiment.config.hidden) if experiment else 0
        values = {layer - 1 if layer else self.hidden: height for layer, height in editor.heights().items()}
        backward = measure.left.quantity is not MeasuredQuantity.SIGNAL
        self.bars.show(values, backward=backward, movable=movable)

    @Slot(float)
    def _pulled(self, value: float) -> None:
        if isinstance(self.editor, LevelEditor):
            self.editor.pull(value)

    @Slot(int, float)
    def _bar_pulled(self, layer: int, value: float) -> None:
        if isinstance(self.editor, BarsEditor):
            self.editor.pull(0 if layer == self.hidden else layer + 1, value)

    def hide(self) -> None:
        """Draw none."""
        self.editor = None
        self._leave_room(drawn=False)
        for ghost in self.ends.values():
            ghost.hide()
        self.bars.hide()

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        for ghost in self.ends.values():
            ghost.apply_theme(theme)
        self.bars.apply_theme(theme)
