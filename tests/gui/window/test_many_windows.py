"""Windows opened, closed and deleted one after another in one process leave nothing behind."""

import os
import subprocess
import sys
from pathlib import Path
from statistics import mean

import pytest

from model.base.user_paths import ROOT

WINDOWS, WARM = 20, 5  # the first ones load fonts, fill caches and make the allocator's heaps
MOST_MIB = 100  # between the means of the next and the last; ten windows that stay would add 750
OPENED_AND_CLOSED = """
import gc, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication
from gui.window.application import make_application
from gui.window.open_window import make_window

def memory():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

application = make_application()
for _ in range(int(sys.argv[2])):
    window = make_window(Path(sys.argv[3]) / "settings.json", Path(sys.argv[3]) / "library.sqlite")
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.completed.connect(lambda: QTimer.singleShot(400, window.close))
    window.show()
    application.exec()
    del window
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    print(memory(), len(gc.get_objects()), len(QApplication.allWidgets()), flush=True)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_that_memory_stays_flat_over_twenty_windows(tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", OPENED_AND_CLOSED, str(ROOT), str(WINDOWS), str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = [[int(each) for each in line.split()] for line in done.stdout.splitlines()]
    memory, objects, widgets = zip(*lines, strict=True)
    assert len(memory) == WINDOWS
    assert set(widgets) == {0}
    assert max(objects[1:]) <= 1.01 * objects[1]
    assert mean(memory[-WARM:]) - mean(memory[WARM : 2 * WARM]) <= MOST_MIB, memory
