"""The line above the digit view's plots: of what it could say, what there is room for."""

from PySide6.QtGui import QFontMetricsF

from gui.views.checkpoint_network import Wordings
from gui.widgets.elided_label import ElidedLabel
from model.base.language import message

JOINT = "  ·  "

WEIGHT_READING = message("a: what came in, δ: what comes back, in float64")
COUNTING = message("counting …")
DIVERGED = message("no answers: weights are not finite")
READING = message("orange δ: the loss rises with z, blue and hatched: it falls")
BRIEFLY = message("hatched δ: loss falls")


def write(key: ElidedLabel, weights: Wordings, notes: list[str], further: list[str], brief: str = "") -> None:
    """Write as much as fits into `key`, and all of it into its tooltip.

    `weights` say of what iteration they are, in fewer words where there is little room; they give way to `notes`, as
    `further` texts do to both, the last one first; `brief` is that one in fewer words.
    """
    metrics, room = QFontMetricsF(key.font()), key.width()
    full, short = weights
    texts = [
        [full, *notes, *further],
        *([[full, *notes, *further[:-1], brief]] if brief else []),
        *([full, *notes, *further[:count]] for count in range(len(further) - 1, -1, -1)),
        [short, *notes],
        notes or [short],
    ]
    lines = [JOINT.join(text) for text in texts]
    key.setText(next((line for line in lines if metrics.horizontalAdvance(line) <= room), lines[-1]))
    key.setToolTip(lines[0])
