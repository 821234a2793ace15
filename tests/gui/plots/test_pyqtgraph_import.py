"""Pyqtgraph is imported without its copies of Qt, and works as with them."""

import os
import subprocess
import sys
from pathlib import Path

from model.base.user_paths import ROOT

SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
import PySide6
from PySide6 import QtCore, QtGui, QtWidgets
from gui.plots.pyqtgraph_import import import_pyqtgraph
import_pyqtgraph()
import pyqtgraph as pg
import_pyqtgraph()
assert (PySide6.QtCore, PySide6.QtGui, PySide6.QtWidgets) == (QtCore, QtGui, QtWidgets)
assert len(vars(pg.Qt.QtWidgets)) < len(dir(QtWidgets)) / 2, "it has copied every name"
for mine, qt in ((pg.QtCore, QtCore), (pg.QtGui, QtGui), (pg.QtWidgets, QtWidgets)):
    for name in dir(qt):
        if not name.startswith("__"):
            assert getattr(mine, name) is getattr(qt, name), name
application = QtWidgets.QApplication([])
plot = pg.PlotWidget()
plot.plot([1, 3, 2])
plot.resize(200, 100)
plot.show()
application.processEvents()
print(plot.grab().width())
"""


def test_that_pyqtgraph_has_every_name_of_qt_and_has_copied_few(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SCRIPT, str(ROOT)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert result.stdout == "200\n", result.stderr
