"""Controls of one axis of the map: the setting, and the range and number of its values."""

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QWidget

from gui.style.text_size import follow, scaled
from gui.style.theme import widget_font
from gui.widgets.card import label
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.setting_editors import Editor, WheelGuard, editor
from model.base.language import shown, tr, tr_in
from model.base.params import Param
from model.config.config import Config
from model.sweeps.axes import SweepAxis
from model.sweeps.grid import COUNT, MOST, Span, axis_of, offered, usual_span

FIELD, NUMBER, BOX, HEADING = 62, 46, 240, 54  # pixels, of a heading at least


@shown("title", "setting", "count", "lowest", "highest")
@dataclass(frozen=True)
class AxisWords:
    """What an axis is called, and the accessible names of its fields."""

    title: str
    setting: str
    count: str
    lowest: str
    highest: str


ACROSS = AxisWords("Across", "Setting across", "Number of values across", "Lowest value across", "Highest value across")
UPWARD = AxisWords("Upward", "Setting upward", "Number of values upward", "Lowest value upward", "Highest value upward")


class HeadingLabel(QLabel):
    """The heading of a row of the map's controls, all of which are as wide as the widest; `buddy` is its field."""

    def __init__(self, text: str, buddy: QWidget) -> None:
        super().__init__(text)
        self.setObjectName("muted")
        self.setBuddy(buddy)
        follow(self.fit)

    def fit(self) -> None:
        """Have the width of the widest at the present text size."""
        metrics = QFontMetricsF(widget_font())
        texts = (ACROSS.title, UPWARD.title, tr("Network"))
        self.setFixedWidth(max(scaled(HEADING), *(ceil(metrics.horizontalAdvance(each)) for each in texts)))


class AxisRow(QWidget):
    """A setting and, unless its values have names, their range; `changed` follows an edit by the user."""

    changed = Signal()

    def __init__(self, words: AxisWords, name: str, guard: WheelGuard) -> None:
        super().__init__()
        self.words = words
        self.name = name
        self.guard = guard
        self.base = Config()
        self.settings: dict[str, Param] = {}
        self.spans: dict[str, Span] = {}
        self.fields: list[Editor] = []
        self.box = QComboBox()
        self.box.setAccessibleName(words.setting)
        self.box.setMinimumContentsLength(9)
        follow(self.box.setMaximumWidth, BOX)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.count = QSpinBox()
        self.count.setRange(2, MOST)
        self.count.setValue(COUNT)
        follow(self.count.setFixedWidth, NUMBER)
        self.count.lineEdit().setTextMargins(4, 0, 0, 0)
        self.count.setKeyboardTracking(False)
        self.count.setAccessibleName(words.count)
        self.between, self.into = label(tr_in("range", "to"), "muted"), label(tr_in("range", "in"), "muted", self.count)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.places = [QHBoxLayout(), QHBoxLayout()]  # of the lowest and the highest value
        row.addWidget(HeadingLabel(words.title, self.box))
        row.addWidget(self.box, 100)
        row.addLayout(self.places[0])
        row.addWidget(self.between)
        row.addLayout(self.places[1])
        row.addWidget(self.into)
        row.addWidget(self.count)
        row.addStretch(1)
        for field in (self.box, self.count):
            guard.protect(field)
        self.box.activated.connect(self._take_setting)
        self.count.valueChanged.connect(self._take_span)

    @property
    def setting(self) -> Param:
        """The setting varied along this axis."""
        return self.settings[self.name]

    def axis(self) -> SweepAxis:
        """Values along the axis; raises InputError for an invalid range."""
        return axis_of(self.setting, self.spans.get(self.name))

    def show_base(self, base: Config) -> None:
        """Offer the settings that a map of this config can vary, keeping the chosen one if it is among them."""
        self.base, self.settings = base, {setting.name: setting for setting in offered(base)}
        self.box.clear()
        for setting in self.settings.values():
            self.box.addItem(setting.label, setting.name)
            self.box.setItemData(self.box.count() - 1, setting.help, Qt.ItemDataRole.ToolTipRole)
        self.choose(self.name if self.name in self.settings else next(iter(self.settings)))

    def choose(self, name: str, span: Span | None = None) -> None:
        """Choose a setting by name, with the given range, else its last one, else a usual one."""
        self.name = name
        self.box.setCurrentIndex(self.box.findData(name))
        self.box.setToolTip(self.setting.help)
        found = span or self.spans.get(name) or usual_span(self.setting, self.base)
        if found:
            self.spans[name] = found
        self._show_span(found)

    def _show_span(self, span: Span | None) -> None:
        for place, old in zip(self.places, self.fields, strict=False):
            place.removeWidget(old.widget)
            old.widget.hide()
            old.widget.deleteLater()
        self.fields = []
        for widget in (self.between, self.into, self.count):
            widget.setVisible(span is not None)
        if span is None:
            return
        names = self.words.lowest, self.words.highest
        for place, name, value in zip(self.places, names, (span.low, span.high), strict=True):
            field = editor(self.setting)
            assert not isinstance(field.widget, ChoiceBox)
            field.widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            follow(field.widget.setFixedWidth, FIELD)
            field.widget.setAccessibleName(name)
            field.show(int(value) if self.setting.type is int else value)
            field.connect(self._take_span)
            self.guard.protect(field.widget)
            place.addWidget(field.widget)
            self.fields.append(field)
        self.between.setBuddy(self.fields[1].widget)
        self.count.blockSignals(True)
        self.count.setValue(span.count)
        self.count.blockSignals(False)

    def _take_setting(self) -> None:
        self.choose(str(self.box.currentData()))
        self.changed.emit()

    def _take_span(self) -> None:
        low, high = (field.value() for field in self.fields)
        self.spans[self.name] = Span(float(low), float(high), self.count.value())
        self.changed.emit()
