"""The slate in a step: its derivatives are held back until the bet is told."""

from gui.lessons.gadgets.gadget_frame import GadgetFrame
from gui.lessons.slate import Slate
from gui.style.text_size import follow
from gui.style.theme import Theme

HEIGHT = 156  # pixels of the drawing


class SlateGadget(GadgetFrame):
    """t = x + y, z = t²; the chain rule on the drawing of the chain, beside a nudge of x."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.slate = Slate(theme)
        follow(self.slate.drawing.setFixedHeight, HEIGHT)
        self.column.addWidget(self.slate)

    def show_figures(self) -> None:
        self.slate.reveal(revealed=not self.held_back)

    def apply_theme(self, theme: Theme) -> None:
        super().apply_theme(theme)
        self.slate.apply_theme(theme)
