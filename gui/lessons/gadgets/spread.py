"""The spread of z = Σ w x of one layer: drawn at random, beside √n σ."""

from math import sqrt

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.lessons.gadgets.gadget_frame import GadgetFrame
from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.widgets.card import label
from model.base.arrays import Array
from model.base.language import tr
from model.base.number_format import significant

INPUTS, UNITS, IMAGES = 100, 50, 200
FINEST = 1000  # steps of the slider to σ = 1
LARGEST = 400
BINS, REACH, HEIGHT = 41, 6.0, 64  # bins over z from -REACH to REACH, in pixels


class SpreadBars(QWidget):
    """A histogram of z."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.shares: Array = np.zeros(BINS)
        follow(self.setFixedHeight, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        wide, tallest = self.width() / BINS, max(float(self.shares.max()), 1e-9)
        with QPainter(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.accent))
            for place, share in enumerate(self.shares):
                tall = float(share) / tallest * (self.height() - 2)
                painter.drawRect(QRectF(place * wide, self.height() - tall, wide - 1, tall))


class SpreadGadget(GadgetFrame):
    """σ to be moved: the weights are drawn with it, x is of spread 1, n is 100."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        generator = np.random.default_rng(0)
        x, w = generator.standard_normal((IMAGES, INPUTS)), generator.standard_normal((INPUTS, UNITS))
        self.sums: Array = (x @ w).ravel()  # for σ = 1
        self.sigma, self.value = self.add_slider("σ", tr("Spread of the weights"), 1, LARGEST, 10)
        self.bars = SpreadBars(theme)
        self.bars.setAccessibleName(tr("Histogram of z"))
        self.measured, self.expected = label(""), label("")
        for part in (self.bars, self.measured, self.expected):
            self.column.addWidget(part)
        self.show_figures()

    def show_figures(self) -> None:
        sigma = self.sigma.value() / FINEST
        z = sigma * self.sums
        self.bars.shares = np.histogram(np.clip(z, -REACH, REACH), BINS, (-REACH, REACH))[0] / len(z)
        self.bars.update()
        self.value.setText(f"{sigma:g}")
        self.measured.setText(
            tr(
                "measured spread of z: {spread}   (−{reach} to {reach})",
                spread=significant(float(z.std())),
                reach=f"{REACH:g}",
            )
        )
        self.expected.setText(f"√n · σ = √{INPUTS} · {sigma:g} = {significant(sqrt(INPUTS) * sigma)}")
        self.expected.setVisible(not self.held_back)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.bars.theme = theme
