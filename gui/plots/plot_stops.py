"""Plots side by side as one stop of the Tab key: Page up and Page down lead from one to the next."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from gui.plots.plot_walk import PlotWalk


class PlotStops:
    """Keys of plots in their order, of which the first `shown` are there; only one is a stop of the Tab key.

    `reveal(number)` brings one into sight.
    """

    def __init__(self, reveal: Callable[[int], None]) -> None:
        self.reveal = reveal
        self.stops: list[PlotWalk] = []
        self.shown, self.at = 0, 0

    def add(self, keys: PlotWalk) -> None:
        """Add the next plot."""
        number = len(self.stops)
        self.stops.append(keys)
        keys.turned.connect(partial(self._turn, number))
        self._give(number)

    def begin(self, shown: int) -> None:
        """Begin at the first of this many plots."""
        self.shown, self.at = shown, 0
        for number in range(len(self.stops)):
            self._give(number)

    def _give(self, number: int) -> None:
        stop = Qt.FocusPolicy.TabFocus if number == self.at else Qt.FocusPolicy.NoFocus
        self.stops[number].view.setFocusPolicy(stop)

    def _turn(self, number: int, step: int) -> None:
        wanted = min(max(number + step, 0), min(self.shown, len(self.stops)) - 1)
        if wanted == number:
            return
        self.at = wanted
        self.stops[wanted].at = self.stops[number].at
        self._give(wanted)
        self.reveal(wanted)
        self.stops[wanted].view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._give(number)
