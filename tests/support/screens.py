"""Programs of the window in processes of their own, on screens as they are asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from model.base.language import ENGLISH
from model.base.user_paths import ROOT
from tests.support.patience import PATIENCE

BASE_DPI = 96


class Screen(NamedTuple):
    """A screen of so many device pixels at a place, and its dots per inch: 96 for 100 %, 144 for 150 %."""

    width: int
    height: int
    dpi: int = BASE_DPI
    x: int = 0
    y: int = 0

    def described(self, name: str) -> dict[str, Any]:
        """As Qt's offscreen platform reads it."""
        place = {"name": name, "x": self.x, "y": self.y, "width": self.width, "height": self.height}
        return {**place, "logicalDpi": self.dpi, "logicalBaseDpi": BASE_DPI, "dpr": 1}


BEGINNING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
folder = Path(sys.argv[2])
from gui.window.application import make_application
from model.base.language import use
use(sys.argv[3])
application = make_application()
"""


def run_on(screens: list[Screen], folder: Path, script: str, language: str = ENGLISH, **environment: str) -> Any:
    """What a script prints as JSON that has `application`, which speaks a language, and `folder`, on these screens.

    It must not complain.
    """
    config = folder / "screens.json"
    config.write_text(json.dumps({"screens": [each.described(f"screen {k}") for k, each in enumerate(screens)]}))
    home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder / "data")}
    result = subprocess.run(
        [sys.executable, "-c", BEGINNING + script, str(ROOT), str(folder), language],
        env={**os.environ, **home, **environment, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True, text=True, timeout=3 * PATIENCE, check=False,
    )  # fmt: skip
    said = [line for line in result.stderr.splitlines() if "This plugin does not support" not in line]
    assert result.returncode == 0, "\n".join(said)
    assert not said, "\n".join(said)
    return json.loads(result.stdout.splitlines()[-1])
