"""A lesson with a bet of every kind, on networks that are trained in a moment."""

from pathlib import Path

from tests.support.lessons import written

TOML = """\
minutes = 3

[experiment.short]
preset = "relu-he"
options = "--iterations 30 --hidden 8"
view = "gradients"

[experiment.tiny]
preset = "sigmoid-gauss"
options = "--iterations 20 --hidden 6,5"

[experiment.behind]
preset = "relu-he"
options = "--iterations 25 --hidden 7"
background = true

[bet.end]
kind = "curve"
run = "short"
measure = "accuracy"
options = [ { id = "low", to = 0.2 }, { id = "high", from = 0.3 } ]
right = "high"

[bet.which]
kind = "choice"
options = [ { id = "one" }, { id = "two" }, { id = "three" } ]
right = "two"

[bet.number]
kind = "number"
measure = "chain_rule(x=1, y=2)"
high = 20
options = [ { id = "two", from = 1.5, to = 2.5 }, { id = "six", from = 5.5, to = 6.5 } ]
right = "six"

[bet.leaves]
kind = "mark"
run = "tiny"
measure = "escape"
options = [ { id = "soon", to = 10 }, { id = "never", from = inf } ]
right = "never"

[bet.heights]
kind = "bars"
run = "tiny"
measure = "reach(layer=1, at=0)"
layers = [1, 2]
options = [ { id = "small", to = 0.01 }, { id = "large", from = 0.1 } ]
right = "small"

[bet.order]
kind = "rank"
options = [
    { id = "a", measure = "behind.accuracy" },
    { id = "b", measure = "tiny.accuracy" },
]
right = ["a", "b"]

[bet.own]
kind = "words"

[[step]]
id = "begin"
run = "short"
bet = "end"
only = ["train", "accuracy"]
mark = ["accuracy"]

[[step]]
id = "choose"
run = "short"
bet = "which"
view = "ledger"
mark = ["loss", "guessing", "ledger layer 1"]

[[step]]
id = "type"
bet = "number"
gadget = "slate"

[[step]]
id = "flag"
run = "tiny"
bet = "leaves"

[[step]]
id = "bars"
run = "tiny"
bet = "heights"

[[step]]
id = "rank"
run = "behind"
bet = "order"

[[step]]
id = "write"
bet = "own"
gadget = "spread"
at = 10
"""

MARKDOWN = """\
# Every kind

What it is about.

## It begins {#begin}

A slope of $f'(z)$ and [the loss](mark:loss).

### Where does it end? {#end}

- Low {#low}
  You may have thought so.
- High {#high}
  It learns.

It ended at {measured: short.accuracy}.

## Choose {#choose}

It ended at {measured: short.accuracy}.

### Which? {#which}

- One {#one}
  You may have thought of one.
- Two {#two}
  It is two.
- Three {#three}
  You may have thought of three.

## Type {#type}

Six.

### How much? {#number}

- Two {#two}
  You may have thought of x.
- Six {#six}
  It is twice three.

## Flag {#flag}

Small weights.

### When? {#leaves}

- Soon {#soon}
  You may have thought so.
- Never {#never}
  Nothing comes back.

## Bars {#bars}

Small weights.

### How high? {#heights}

- Small {#small}
  The weights are small.
- Large {#large}
  You may have thought so.

## Rank {#rank}

Two.

### Which is better? {#order}

- ReLU {#a}
  It learns.
- Sigmoid {#b}
  It does not.

## Write {#write}

Say it.

### In your words? {#own}

This is ours.
"""


def many_bets(folder: Path) -> Path:
    """Write the lesson; returns its folder."""
    written(folder, TOML, MARKDOWN, "01-kinds")
    return folder
