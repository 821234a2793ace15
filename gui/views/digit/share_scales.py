"""Scales of the confusion matrix: blue for the share of a class that is right, orange for shares that are wrong."""

import numpy as np
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QGraphicsPixmapItem

from gui.plots.canvas import Canvas
from gui.plots.diverging_scale import STEPS, Indices, color_table, indices, pixmap
from gui.plots.tiles import scale_bar
from gui.style.text_size import follow
from gui.style.theme import Theme, font
from model.base import number_format
from model.base.language import message, tr
from model.measurement.confusion import Confusion

REACHES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)  # ends of the scale of errors, so that it seldom changes
LINE_PIXELS, BAR = 15, (48, 8)
TITLES = (message("right"), message("wrong"))
OF = (message("{share} of the true class"), message("{share} of the class"))
GAP_PIXELS = 6
DARK_INK, LIGHT_INK = "#000000", "#ffffff"
HELP = message(
    "Blue is the share of a class's images that are answered rightly, from 0 to all of them. Orange is the share that "
    "is answered with another class; its scale ends at the next round share above the commonest mistake."
)


def reach_of(confusion: Confusion) -> float:
    """Share at which the scale of errors ends."""
    largest = float(confusion.error_shares.max())
    return next(reach for reach in REACHES if largest <= reach)


def shades_of(confusion: Confusion) -> Indices:
    """Indices into the diverging colour table, (classes²,): errors above its 0, what is right below it."""
    shares = confusion.error_shares / reach_of(confusion) - np.diag(np.diag(confusion.shares))
    return indices(shares.reshape(-1), 1.0)


def ink_on(rgb: int) -> str:
    """Black or white, whichever has the higher contrast (WCAG 2.2) on a colour 0xAARRGGBB."""
    shares = [(rgb >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return DARK_INK if (luminance + 0.05) ** 2 > 1.05 * 0.05 else LIGHT_INK


class ShareScales(Canvas):
    """Legend of both scales, a line each: its name, a colour bar from 0, and where it ends."""

    def __init__(self) -> None:
        super().__init__()
        follow(self.setFixedHeight, LINE_PIXELS * len(TITLES))
        self.setAccessibleName(tr("Scales of right and wrong answers"))
        self.setToolTip(tr(HELP))
        self.titles, self.lows, self.highs = ([self.text(11) for _ in TITLES] for _ in range(3))
        self.bars = [QGraphicsPixmapItem() for _ in TITLES]
        for bar in self.bars:
            self.scene().addItem(bar)
        metrics = QFontMetricsF(font(11))
        left = max(metrics.horizontalAdvance(tr(title)) for title in TITLES) + GAP_PIXELS
        zero = metrics.horizontalAdvance("0") + GAP_PIXELS
        for index, title in enumerate(TITLES):
            y = (index + 0.5) * LINE_PIXELS
            self.titles[index].write(tr(title))
            self.titles[index].place(0, y)
            self.lows[index].place(left, y)
            self.lows[index].write("0")
            self.bars[index].setPos(round(left + zero), round(y - BAR[1] / 2))
            self.highs[index].place(left + zero + BAR[0] + GAP_PIXELS, y)
        self.ends = (1.0, REACHES[-1])
        self.resized.connect(self._write)

    def tell(self, confusion: Confusion | None) -> None:
        """Write where the scales end for these counts."""
        self.ends = (1.0, reach_of(confusion) if confusion else REACHES[-1])
        self._write()

    def _write(self) -> None:
        self.set_extent(self.room.height())
        metrics, room = QFontMetricsF(font(11)), self.room.width() - self.highs[0].x
        shares = [number_format.rounded_percent(end) for end in self.ends]
        wordings = [*([tr(of, share=share) for share in shares] for of in OF), shares]
        fitting = (each for each in wordings if max(map(metrics.horizontalAdvance, each)) <= room)
        for high, said in zip(self.highs, next(fitting, shares), strict=True):
            high.write(said)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        whole = scale_bar(2 * BAR[0], BAR[1])
        right, wrong = whole[:, : BAR[0]][:, ::-1], whole[:, BAR[0] :]
        for bar, picture in zip(self.bars, (right, wrong), strict=True):
            bar.setPixmap(pixmap(picture.clip(0, 2 * STEPS), color_table(theme)))
        for text in (*self.titles, *self.lows, *self.highs):
            text.color(theme.muted)
