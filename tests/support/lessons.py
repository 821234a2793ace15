"""A small lesson in files, to be broken at will."""

from pathlib import Path

from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import read_lesson

TOML = """\
minutes = 1

[experiment.short]
preset = "relu-he"
options = "--iterations 30 --hidden 8"

[bet.end]
kind = "curve"
run = "short"
measure = "accuracy"
options = [
    { id = "low", to = 0.2 },
    { id = "high", from = 0.3 },
]
right = "high"
seeds = [0, 1]

[[step]]
id = "begin"
run = "short"
bet = "end"
view = "ledger"
mark = ["loss", "ledger layer 1"]
only = ["train", "accuracy"]
"""

MARKDOWN = """\
# A short run

What it is about.

## It begins {#begin}

A slope of $f'(z)$ and [the loss](mark:loss). It ends at {measured: short.accuracy}.

### Where does it end? {#end}

- Low {#low}
  You may have thought so.
- High {#high}
  It learns.

What all are told.
"""


def written(folder: Path, toml: str = TOML, markdown: str = MARKDOWN, name: str = "01-short") -> Path:
    """Write a lesson into a folder; returns the path of its TOML file."""
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / f"{name}.md").write_text(markdown, "utf-8")
    path = folder / f"{name}.toml"
    path.write_text(toml, "utf-8")
    return path


def lesson_of(folder: Path, toml: str = TOML, markdown: str = MARKDOWN) -> Lesson:
    """Write a lesson and read it."""
    return read_lesson(written(folder, toml, markdown))
