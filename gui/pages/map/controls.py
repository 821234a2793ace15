"""Controls of the map: network, two settings, iterations; start, stop, and the quantity shown."""

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from gui.pages.background_controls import BackgroundControls
from gui.pages.map.axis_row import ACROSS, BOX, UPWARD, AxisRow, HeadingLabel
from gui.pages.map.quantity import Quantity
from gui.style.text_size import LARGE, factor, follow, scaled
from gui.widgets.breaking_row import BreakingRow
from gui.widgets.card import label
from gui.widgets.setting_editors import CountSpinBox
from model.base.language import tr
from model.config.config import Config

ITERATIONS, MOST_ITERATIONS = 1_000, 20_000


class MapControls(BackgroundControls):
    """Control bar above the map."""

    def __init__(self) -> None:
        super().__init__("map-controls", tr("Map"), tr("Progress of the map"))
        self.across = AxisRow(ACROSS, "init_std", self.guard)
        self.upward = AxisRow(UPWARD, "depth", self.guard)
        self.network = QComboBox()
        self.network.setAccessibleName(tr("Network of the map"))
        self.network.setToolTip(tr("What all its runs have in common"))
        self.network.setMinimumContentsLength(9)
        follow(self.network.setMaximumWidth, BOX)
        self.network.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.network.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.iterations = CountSpinBox()
        self.iterations.setRange(1, MOST_ITERATIONS)
        self.iterations.setValue(ITERATIONS)
        self.iterations.setKeyboardTracking(False)
        follow(self.iterations.setFixedWidth, 72)
        self.iterations.lineEdit().setTextMargins(6, 0, 6, 0)
        self.iterations.setAccessibleName(tr("Iterations of each run of the map"))
        self._lay_out()
        for field in (self.network, self.iterations):
            self.guard.protect(field)
        for row in (self.across, self.upward):
            row.changed.connect(self.changed)
        self.network.activated.connect(self.changed)
        self.iterations.valueChanged.connect(self.changed)

    def _lay_out(self) -> None:
        self.toggles: dict[Quantity, QToolButton] = {}
        self.group = QButtonGroup(self)
        shows = BreakingRow(4)
        for quantity in Quantity:
            toggle = self._toggle(quantity.label, quantity.help)
            toggle.clicked.connect(self.look_changed)
            self.group.addButton(toggle)
            shows.add(toggle, later=bool(self.toggles))
            self.toggles[quantity] = toggle
        self.toggles[Quantity.ACCURACY].setChecked(True)
        what = QHBoxLayout()
        what.setSpacing(6)
        what.addWidget(HeadingLabel(tr("Network"), self.network))
        what.addWidget(self.network, 100)
        what.addWidget(self.iterations)
        what.addWidget(label(tr("iterations"), "muted", self.iterations))
        what.addStretch(1)
        progress = QWidget()
        state = QHBoxLayout(progress)
        state.setContentsMargins(0, 0, 0, 0)
        state.setSpacing(8)
        state.addWidget(self.progress)
        state.addWidget(self.subtitle, 1)
        grid = self.grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.addWidget(self.across, 0, 0)
        grid.addWidget(self.upward, 1, 0)
        grid.addLayout(what, 2, 0)
        grid.setColumnStretch(0, 1)
        self.right = [self.button, progress, shows]
        self.body.addLayout(grid)
        follow(self.leave_room)

    def leave_room(self) -> None:
        """Keep the right column as wide as its texts may become; large ones stand below the left one."""
        large = factor() > LARGE
        for row, part in enumerate(self.right):
            self.grid.removeWidget(part)
            self.grid.addWidget(part, row + len(self.right) * large, 0 if large else 1)
        self.grid.setColumnMinimumWidth(1, 0 if large else scaled(190))

    @property
    def quantity(self) -> Quantity:
        """The quantity that the colours show."""
        return next(quantity for quantity, toggle in self.toggles.items() if toggle.isChecked())

    @property
    def base(self) -> Config:
        """The chosen network's config, which all runs share but for the two settings."""
        found = self.network.currentData()
        assert isinstance(found, Config)
        return found

    def show_networks(self, networks: Sequence[tuple[str, Config]], chosen: int) -> None:
        """List networks as (name, config) and choose one by its index."""
        self.network.clear()
        for name, config in networks:
            self.network.addItem(name, config)
        self.network.setCurrentIndex(chosen)
        self.show_base()

    def show_base(self) -> None:
        """Offer the settings of the chosen network on both axes."""
        for row in (self.across, self.upward):
            row.show_base(self.base)
