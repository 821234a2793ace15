"""The axis beside the images of all layers."""

import numpy as np
from PySide6.QtCore import Qt

from gui.style.text_size import follow
from gui.views.layer_plot import LayerPlot
from model.base.language import tr

SCALE_WIDTH = 54


class ScalePlot(LayerPlot):
    """The axis of values that all images share."""

    def __init__(self) -> None:
        super().__init__(left_axis=True)
        self.title.setText(" ")
        self.title.removeEventFilter(self)
        self.title.unsetCursor()
        self.title.setToolTip("")
        follow(self.setFixedWidth, SCALE_WIDTH)
        self.plot.axes[0].least = np.inf
        self.plot.grid.hide()
        self.plot.base.hide()
        self.plot.box.setMouseEnabled(x=False, y=False)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAccessibleName(tr("Axis of the values"))
