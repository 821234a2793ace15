"""The example that a new lesson begins with."""

import re
from pathlib import Path

from model.base.errors import InputError
from model.base.files import check_target, write_whole
from model.base.system_reason import system_reason
from model.lessons.lesson import BetKind
from model.lessons.lesson_folder import LANGUAGE
from model.lessons.measures import KEY
from model.lessons.places import PLACES

TOML = """\
# What no language changes: runs, bets, and what the window shows. The texts are in {language}/{name}.md.
# `layerscope lesson check .` trains every run and says what does not hold.

minutes = 2  # how long it takes

# A run: a preset, options as `train` takes them, or both. `view` is the tab that it is shown in.
[experiment.first]
preset = "relu-he"
options = "--iterations 300"
view = "gradients"

[experiment.small]
preset = "sigmoid-gauss"
options = "--iterations 300"
background = true  # trains beside the one on the screen

# A question that is answered before a run. Kinds: {kinds}.
[bet.end]
kind = "curve"
run = "first"  # whose `measure` decides
measure = "accuracy"
options = [
    # From (included) to (not included); shares are from 0 to 1. Gaps are allowed, overlaps are not.
    {{ id = "low", to = 0.5 }},
    {{ id = "high", from = 0.7 }},
]
right = "high"
seeds = [0, 1]  # the check trains these, and every one must fall into the right option, not near its ends

# Each option can have a measure of its own, and the largest or smallest is right.
[bet.more]
kind = "choice"
pick = "largest"
options = [
    {{ id = "relu", measure = "first.reach" }},
    {{ id = "sigmoid", measure = "small.reach" }},
]
right = "relu"

# The steps in their order, each one screen. `mark` lights places up, `only` dims all others.
# Places: {places}, layer 1, ledger layer 1, output.
[[step]]
id = "predict"
run = "first"
bet = "end"
only = ["train", "accuracy", "loss"]

[[step]]
id = "gradient"
run = "first"
bet = "more"
mark = ["gradients"]
"""

MARKDOWN = """\
# A lesson of your own

One sentence on what it is about.

## Place your bet {{#predict}}

At most 60 words that say what is to be seen. **Bold** words, lists and formulas such as $\\max(0, z)$ can be in it, and
one formula on a line of its own:

$$ a=\\max(0,\\;x\\,W+b) $$

### Where will the test accuracy end? {{#end}}

- Below 50 % {{#low}}
  You may have thought … One sentence that names the idea behind this answer, never "wrong".
- Above 70 % {{#high}}
  Say why it is so.

What all are told beside the measured value, {{measured: first.accuracy}}.

## Look further {{#gradient}}

A figure of yours is written with how far any seed may be from it: {{~ 1/11,700 × 3 = small.reach(at=0)}} of the
gradient arrives at layer 1 of the other network. [Gradients](mark:gradients) lights up.

### Which network's layer 1 is given more of the gradient? {{#more}}

- That with ReLU {{#relu}}
  Its slope is 1 where z is positive.
- That with the sigmoid {{#sigmoid}}
  You may have thought of the sigmoid's smooth curve. Its slope is at most a quarter.
"""


def write_example(folder: Path, name: str) -> tuple[Path, Path]:
    """Write the two files of an example that passes the check; returns their paths.

    Raises InputError for a name that is none, for files that are there already, and where they cannot be written.
    """
    if not re.fullmatch(KEY, name):
        raise InputError("The name of a lesson has small letters, digits and hyphens, unlike '{name}'.", name=name[:40])
    toml, markdown = folder / f"{name}.toml", folder / LANGUAGE / f"{name}.md"
    for path in (toml, markdown):
        if path.exists():
            raise InputError("'{path}' is there already.", path=path)
    check_target(toml)
    try:
        markdown.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise InputError(
            "'{folder}' cannot be made: {reason}.", folder=markdown.parent, reason=system_reason(error)
        ) from None
    kinds = ", ".join(kind.key for kind in BetKind)
    text = TOML.format(name=name, language=LANGUAGE, kinds=kinds, places=", ".join(PLACES))
    write_whole(markdown, MARKDOWN.format().encode())
    write_whole(toml, text.encode())
    return toml, markdown
