"""Choice of one weight, and its path through the network for the digit that shows."""

from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui.style.text_size import follow
from gui.style.theme import Theme
from gui.views.digit.class_spin_box import ClassSpinBox
from gui.views.digit.path_drawing import PathDrawing
from gui.views.digit.path_words import UnitNames, sentence
from gui.views.moment import RunContext
from gui.widgets.breaking_row import BreakingRow
from gui.widgets.card import label
from gui.widgets.choice_box import ChoiceBox
from model.base.language import message, tr, tr_in
from model.base.layer_names import shown_layer
from model.measurement.weight_path import ImagePass

FIELD_WIDTH, LAYER_WIDTH, HEIGHT = 62, 104, 24
LARGEST = message(
    "The weight of this layer with the largest |∂L/∂w| for this digit; so it stays until you choose another one"
)


class PathPane(QWidget):
    """Fields for layer, source and target, above a drawing of the weight's path.

    While `largest` is checked the weight is the one of the layer with the largest gradient, whatever digit and moment
    show; at first in the last hidden layer, whose path is the shortest that has all links.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: ImagePass | None = None
        self.names = UnitNames((1, 1), 1)
        self.layer_names: list[str] = []
        self.layer = ChoiceBox([])
        self.layer.setObjectName("compact")
        follow(self.layer.setFixedSize, LAYER_WIDTH, HEIGHT)
        self.layer.setAccessibleName(tr("Layer of the weight"))
        self.layer.setToolTip(tr("The layer that the weight belongs to"))
        self.source = self._field(
            tr("Unit that the weight comes from"), tr("The unit before the layer, or the pixel, by row")
        )
        self.target = self._field(
            tr("Unit that the weight leads to"), tr("The unit of the layer, or in the output the class")
        )
        self.largest = QToolButton()
        self.largest.setObjectName("flat")
        self.largest.setText(tr("Largest"))
        self.largest.setCheckable(True)
        self.largest.setChecked(True)
        self.largest.setToolTip(tr(LARGEST))
        self.largest.setAccessibleName(tr("Weight with the largest gradient"))
        self.drawing = PathDrawing()
        row = BreakingRow(6)
        said = tr("Weight of"), tr_in("weight", "from"), tr_in("weight", "to")
        for text, field in zip(said, (self.layer, self.source, self.target), strict=True):
            name = label(text, "muted")
            name.setBuddy(field)
            for part in (name, field):
                row.add(part, later=field is not self.layer)
        row.add(self.largest)
        row.add(None, stretch=1)
        row.add(None, later=True, stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(row)
        column.addWidget(self.drawing, 1)
        self.layer.currentIndexChanged.connect(self._change_layer)
        self.source.valueChanged.connect(self._choose)
        self.target.valueChanged.connect(self._choose)
        self.largest.clicked.connect(self._draw)

    def _field(self, name: str, tip: str) -> ClassSpinBox:
        made = ClassSpinBox()
        made.setObjectName("compact")
        follow(made.setFixedSize, FIELD_WIDTH, HEIGHT)
        made.setKeyboardTracking(False)
        made.setAccessibleName(name)
        made.setToolTip(tip)
        return made

    def show_run(self, run: RunContext) -> None:
        """Offer the weights of another run's network; those of a like one keep the choice."""
        shape = run.dataset.image_shape if run.dataset else (1, 1)
        names = run.config.layer_names
        self.found = None
        self.names = UnitNames(shape, len(names), run.dataset.class_names if run.dataset else ())
        if names != self.layer_names:
            self.layer_names = names
            blocked = self.layer.blockSignals(True)
            self.layer.clear()
            self.layer.addItems(list(map(shown_layer, names)))
            self.layer.setCurrentIndex(max(len(names) - 2, 0))
            self.layer.blockSignals(blocked)
            self.largest.setChecked(True)
        self._draw()

    def choose_layer(self, layer: int | None) -> None:
        """Show a weight of this layer; None leaves the choice."""
        if layer is not None and layer < self.layer.count():
            self.layer.setCurrentIndex(layer)

    def show_pass(self, found: ImagePass | None) -> None:
        """Draw the path of the weight chosen in another pass; None draws none."""
        self.found = found
        self._draw()

    def _change_layer(self) -> None:
        self.largest.setChecked(True)
        self._draw()

    def _choose(self) -> None:
        self.largest.setChecked(False)
        self._draw()

    def _draw(self) -> None:
        found, layer = self.found, self.layer.currentIndex()
        for field in (self.source, self.target):
            field.setEnabled(found is not None)
        if found is None:
            self.drawing.show_path(None, self.names)
            self.drawing.setAccessibleDescription("")
            return
        n_in, n_out = found.network.affines[layer].weight.shape
        first = 0 if layer == self.names.layers - 1 else 1  # a class has its own name
        wanted = found.largest(layer) if self.largest.isChecked() else None
        for place, (field, low, count) in enumerate(((self.source, 1, n_in), (self.target, first, n_out))):
            blocked = field.blockSignals(True)
            field.names = self.names.class_names if low == 0 else ()
            field.setRange(low, low + count - 1)
            if wanted:
                field.setValue(low + wanted[place])
            field.blockSignals(blocked)
        path = found.path(layer, self.source.value() - 1, self.target.value() - first)
        self.drawing.show_path(path, self.names)
        self.drawing.setAccessibleDescription(sentence(path, shown_layer(self.layer_names[layer]), self.names))

    def apply_theme(self, theme: Theme) -> None:
        """Set the theme's colours."""
        self.drawing.apply_theme(theme)
