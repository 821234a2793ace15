"""The line above the digit view's plots: of what it could say, what there is room for."""

from PySide6.QtGui import QFontMetricsF

from gui.views.checkpoint_network import WEIGHTS_OF
from gui.widgets.elided_label import ElidedLabel

JOINT = "  ·  "

WEIGHT_READING = "a: what came in, δ: what comes back, in float64"
COUNTING = "counting …"
DIVERGED = "no answers: weights are not finite"
READING, BRIEFLY = "orange δ: the loss rises with z, blue and hatched: it falls", "hatched δ: loss falls"


def write(key: ElidedLabel, weights: str, notes: list[str], further: list[str], brief: str = "") -> None:
    """Write as much as fits into `key`, and all of it into its tooltip.

    `weights` says of what iteration they are, in fewer words where there is little room; it gives way to `notes`, as
    `further` texts do to both, the last one first; `brief` is that one in fewer words.
    """
    metrics, room = QFontMetricsF(key.font()), key.width()
    short = weights.removeprefix(WEIGHTS_OF)
    texts = [
        [weights, *notes, *further],
        *([[weights, *notes, *further[:-1], brief]] if brief else []),
        *([weights, *notes, *further[:count]] for count in range(len(further) - 1, -1, -1)),
        [short, *notes],
        notes or [short],
    ]
    lines = [JOINT.join(text) for text in texts]
    key.setText(next((line for line in lines if metrics.horizontalAdvance(line) <= room), lines[-1]))
    key.setToolTip(lines[0])
