"""The slate: x and y to be moved, t and z, and the chain rule beside a nudge."""

from gui.lessons.gadgets.gadget_frame import GadgetFrame
from gui.style.theme import Theme
from gui.widgets.card import label
from model.base.number_format import significant
from model.lessons.computed_quantities import NUDGE, central_difference, chain_rule

STEPS = 10  # of a slider to 1
FARTHEST = 4


class Slate(GadgetFrame):
    """t = x + y, z = t²; dz/dx by the rule and by nudging x."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        end = FARTHEST * STEPS
        self.slider_x, self.x_value = self.add_slider("x", "Move x", -end, end, STEPS)
        self.slider_y, self.y_value = self.add_slider("y", "Move y", -end, end, 2 * STEPS)
        self.chain, self.rule, self.nudged = label(""), label(""), label("")
        for line in (self.chain, self.rule, self.nudged):
            self.column.addWidget(line)
        self.show_figures()

    def show_figures(self) -> None:
        x, y = self.slider_x.value() / STEPS, self.slider_y.value() / STEPS
        t = x + y
        self.x_value.setText(f"{x:g}")
        self.y_value.setText(f"{y:g}")
        self.chain.setText(f"t = x + y = {t:g}     z = t² = {t * t:g}".replace("-", "−"))
        rule, nudged = (significant(each(x, y), 4) for each in (chain_rule, central_difference))
        self.rule.setText(f"rule: dz/dx = 2t · 1 = {rule}")
        self.nudged.setText(f"x nudged by {NUDGE:g} to both sides: {nudged}")
        for line in (self.rule, self.nudged):
            line.setVisible(not self.held_back)
