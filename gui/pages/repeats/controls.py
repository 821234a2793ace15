"""Controls of the repeats page: one config or two, number of seeds; start, stop, and how to draw."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from gui.pages.background_controls import BackgroundControls
from gui.pages.repeats.side_styles import side_color, side_dashes
from gui.style.text_size import LARGE, factor, follow
from gui.style.theme import Theme
from gui.widgets.card import LineSample, label
from model.base.language import message, tr, tr_in
from model.sweeps.repeats import MOST_SEEDS, SEEDS, SIDES, RepeatedConfig

Section = tuple[str, Sequence[RepeatedConfig]]


class SideBox(QComboBox):
    """Combo box of configs in titled sections; the choice survives a change of the sections."""

    picked = Signal()

    def __init__(self, name: str, *, optional: bool) -> None:
        super().__init__()
        self.optional = optional
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(10)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self.picked)

    @property
    def chosen(self) -> RepeatedConfig | None:
        """The chosen config; None for "nothing"."""
        found = self.currentData()
        return found if isinstance(found, RepeatedConfig) else None

    def show_sections(self, sections: Sequence[Section], chosen: RepeatedConfig | None) -> None:
        """List the sections and choose a config, which comes first if no section has it."""
        self.clear()
        if self.optional:
            self.addItem(tr_in("comparison", "nothing"))
        listed = [repeated for _, members in sections for repeated in members]
        if chosen and chosen not in listed:
            self.addItem(chosen.name, chosen)
        for title, members in sections:
            if members:
                self._add_title(title)
            for repeated in members:
                self.addItem(repeated.name, repeated)
        data = [self.itemData(index) for index in range(self.count())]
        self.setCurrentIndex(data.index(chosen) if chosen else 0)
        self.setToolTip(self.currentText())

    def _add_title(self, title: str) -> None:
        self.addItem(title)
        index, font = self.count() - 1, QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        self.setItemData(index, font, Qt.ItemDataRole.FontRole)
        self.setItemData(index, 0, Qt.ItemDataRole.UserRole - 1)  # Qt's own role for what cannot be chosen


class RepeatsControls(BackgroundControls):
    """Control bar above the plots."""

    counted = message("{done} of {wanted} runs")

    def __init__(self) -> None:
        super().__init__("repeats-controls", tr("Repeats"), tr("Progress of the repeats"))
        self.samples = [LineSample() for _ in SIDES]
        self.boxes = [
            SideBox(tr("Repeated config A"), optional=False),
            SideBox(tr("Repeated config B, compared with A"), optional=True),
        ]
        self.seeds = QSpinBox()
        self.seeds.setRange(1, MOST_SEEDS)
        self.seeds.setValue(SEEDS)
        self.seeds.setAccessibleName(tr("Number of seeds"))
        self.seeds.setToolTip(tr("How many runs of each, which differ in their random numbers alone"))
        follow(self.seeds.setFixedWidth, 56)
        self.seeds.lineEdit().setTextMargins(6, 0, 6, 0)
        self._lay_out()
        for box in self.boxes:
            self.guard.protect(box)
            box.picked.connect(self.changed)
        self.guard.protect(self.seeds)
        self.seeds.valueChanged.connect(self.changed)

    def _lay_out(self) -> None:
        first = self.header
        for side, (name, sample, box) in enumerate(zip(SIDES, self.samples, self.boxes, strict=True)):
            if side:
                first.addWidget(label(tr("vs"), "muted"))
            first.addWidget(label(name, "title", box))
            first.addWidget(sample)
            first.addWidget(box, 1)
        self.range = self._toggle(tr("min\u2013max"), tr("Draw the band from the lowest seed to the highest"))
        self.std = self._toggle(tr("± 1 std. dev."), tr("Draw the band one standard deviation either side of the mean"))
        self.single = self._toggle(tr("single seeds"), tr("Draw every seed as a thin line"))
        self.bands = QButtonGroup(self)
        for button in (self.range, self.std):
            self.bands.addButton(button)
        self.range.setChecked(True)
        self.single.setChecked(True)
        self.below = QHBoxLayout(), QHBoxLayout()
        self.looks = QWidget()
        second = self.second = QHBoxLayout()
        second.setSpacing(8)
        for widget in (label(tr("Seeds"), "muted", self.seeds), self.seeds, self.progress):
            second.addWidget(widget)
        second.addWidget(self.subtitle, 1)
        looks = QHBoxLayout(self.looks)
        looks.setContentsMargins(0, 0, 0, 0)
        looks.setSpacing(2)
        looks.addWidget(label(tr("Band"), "muted"))
        looks.addWidget(self.range)
        looks.addWidget(self.std)
        looks.addSpacing(6)  # single seeds are no band
        looks.addWidget(self.single)
        for toggle in (self.range, self.std, self.single):
            toggle.toggled.connect(self.look_changed)
        self.body.addLayout(second)
        for line in self.below:
            self.body.addLayout(line)
        follow(self.arrange)

    def arrange(self) -> None:
        """Put the button beside what it trains and the looks behind the state, or where text is large below them."""
        large = factor() > LARGE
        for beside, below, part in zip((self.header, self.second), self.below, (self.button, self.looks), strict=True):
            (beside if large else below).removeWidget(part)
            (below if large else beside).addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def sides(self) -> tuple[RepeatedConfig, ...]:
        """The chosen configs: A, and B if there is one."""
        return tuple(found for box in self.boxes if (found := box.chosen))

    def show_sections(self, sections: Sequence[Section], sides: Sequence[RepeatedConfig]) -> None:
        """List the configs for both sides and choose `sides`."""
        for side, box in enumerate(self.boxes):
            box.show_sections(sections, sides[side] if side < len(sides) else None)

    def apply_theme(self, theme: Theme) -> None:
        """Set the sides' colours and dashes."""
        for side, sample in enumerate(self.samples):
            sample.color, sample.dashes = side_color(theme, side), side_dashes(theme, side)
            sample.update()
