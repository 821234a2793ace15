"""The window on a system whose text was made larger: a desktop's settings on a display server of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from model.base.user_paths import ROOT
from tests.support.patience import PATIENCE

SCRIPT = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])

from gui.window.application import make_application
application = make_application()

from PySide6.QtWidgets import QLabel
from gui.style import text_size
from tests.support.window_page import WindowPage

window = WindowPage.started(folder / "settings.json")
window.show()
letters = sorted({each.fontInfo().pixelSize() for each in window.visible(QLabel)})
window.choose_text(1.25)
print(json.dumps([text_size.system(), text_size.factor(), letters]))
window.close()
"""


@pytest.mark.parametrize(("points", "times"), [(10, 1.0), (16.5, 1.5), (22, 2.0)])
def test_that_the_window_follows_the_text_size_of_the_desktop(
    display: str, tmp_path: Path, points: float, times: float
) -> None:
    (tmp_path / "kdeglobals").write_text(f"[General]\nfont=Noto Sans,{points},-1,5,50,0,0,0,0,0\n")
    desktop = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "5", "KDE_FULL_SESSION": "true"}
    home = {"XDG_CONFIG_HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(ROOT), str(tmp_path)],
        env={**os.environ, **desktop, **home, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr
    system, factor, letters = json.loads(result.stdout.splitlines()[-1])
    assert system == pytest.approx(times)
    assert factor == pytest.approx(1.25 * times)
    assert round(13 * times) in letters, "the size of most labels"
