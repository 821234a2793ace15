"""Measures: what a bet or a figure in a text is about, as lessons write it.

never.accuracy                        a quantity of the experiment `never`, at its end
ten.signal(layer=10, at=100)          with arguments
std(init=he, n=784)                   one that needs no run
before.accuracy(at=50) - after.accuracy(at=50)      a difference, `/` a ratio, `>` how often the first is larger
low(he.accuracy - xavier.accuracy)    of repeats, the lower end of the difference's 95 % interval; `high` the upper
range(he.accuracy)                    of repeats, how far the largest is from the smallest
accuracy                              of the bet's or the step's own experiment
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan
from typing import Any

from model.base.errors import InputError
from model.lessons.finished_run import FinishedRun
from model.lessons.quantities import MeasuredQuantity
from model.lessons.units import Unit, Value
from model.sweeps.statistics import paired

KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TERM = re.compile(rf"(?:(?P<run>{KEY})\.)?(?P<name>[a-z_]+)(?:\((?P<inside>[^()]*)\))?")
MEASURE = re.compile(r"(?P<left>.+?)(?:\s+(?P<sign>[-/>])\s+(?P<right>.+))?", re.DOTALL)
END = re.compile(r"(?P<end>low|high|range)\((?P<inside>.+)\)", re.DOTALL)
RANGE = "range"
DIFFERENCE = "a difference of accuracies, as in {}(a.accuracy - b.accuracy)"
LONGEST = 200  # letters of a measure

# The finished runs of each experiment by its key: one, or as many as it has repeats.
Runs = Mapping[str, Sequence[FinishedRun]]


@dataclass(frozen=True)
class Term:
    """One quantity of one experiment, '' for one that needs none; `arguments` by name, as tuples of pairs."""

    run: str
    quantity: MeasuredQuantity
    arguments: tuple[tuple[str, Any], ...] = ()

    def find(self, run: FinishedRun | None) -> Value:
        """Measure it in a run; raises InputError."""
        return self.quantity.find(run, dict(self.arguments))

    def values(self, runs: Runs) -> tuple[Value, ...]:
        """Measure it in each repeat of its experiment; raises InputError where its run is missing."""
        if not self.run:
            return (self.find(None),)
        if not runs.get(self.run):
            raise InputError(f"The experiment '{self.run}' has not been run.")
        return tuple(self.find(run) for run in runs[self.run])

    def of_layer(self, layer: int) -> "Term":
        """The same of another layer."""
        return Term(self.run, self.quantity, (*((n, v) for n, v in self.arguments if n != "layer"), ("layer", layer)))


@dataclass(frozen=True)
class Measure:
    """A term, or two with a sign between them; `end` is which end of a difference's interval, '' for the mean.

    With `range` it is the largest of a term's repeats less the smallest.
    """

    left: Term
    sign: str = ""
    right: Term | None = None
    end: str = ""

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms that it is made of."""
        return (self.left, self.right) if self.right else (self.left,)

    @property
    def runs(self) -> tuple[str, ...]:
        """Keys of the experiments that it needs, each once."""
        return tuple(dict.fromkeys(term.run for term in self.terms if term.run))

    @property
    def unit(self) -> Unit:
        """The unit of its value."""
        if self.sign == ">":
            return Unit.COUNT
        if self.sign == "/":
            return Unit.RATIO
        if self.sign == "-" or self.end == RANGE:
            return Unit.POINTS if self.left.quantity.unit is Unit.SHARE else Unit.NUMBER
        return self.left.quantity.unit

    def of(self, runs: Runs) -> Value:
        """Measure it; of repeats the mean. Raises InputError where a run is missing or has no such figure."""
        return self.combine([term.values(runs) for term in self.terms])

    def combine(self, found: Sequence[Sequence[Value]]) -> Value:
        """The value from those of each term in each repeat; raises InputError."""
        first = found[0]
        if self.end == RANGE:
            numbers = _numbers(first)
            return max(numbers) - min(numbers)
        if not self.sign:
            return first[0] if isinstance(first[0], str) else _mean(_numbers(first))
        left, right = _numbers(first), _numbers(found[1])
        if len(left) != len(right):
            raise InputError("Both sides of a comparison need as many repeats.")
        if self.end:
            interval = paired(left, right)
            value = interval.low if self.end == "low" else interval.high
            if value is None:
                raise InputError("A difference of so few repeats has no interval.")
            return value
        pairs = list(zip(left, right, strict=True))
        if self.sign == ">":
            return float(sum(one > other for one, other in pairs))
        joined = _difference if self.sign == "-" else _ratio
        return _mean([joined(one, other) for one, other in pairs])

    def of_layer(self, layer: int) -> "Measure":
        """The same of another layer."""
        return Measure(self.left.of_layer(layer), self.sign, self.right and self.right.of_layer(layer), self.end)


def check_key(key: str) -> None:
    """Check the id of an experiment, a bet, a step or an option; raises InputError."""
    if not re.fullmatch(KEY, key):
        raise InputError(f"An id is made of small letters, digits and hyphens, unlike '{key:.40}'.")


def parse_measure(text: str, run: str = "") -> Measure:
    """Read a measure, whose terms without an experiment are of `run`; raises InputError."""
    text = text.strip()
    end = END.fullmatch(text) if len(text) <= LONGEST else None
    found = MEASURE.fullmatch(end["inside"].strip() if end else text) if len(text) <= LONGEST else None
    if not found:
        raise InputError(f"'{text:.40}' is no measure.")
    right = _term(found["right"], run) if found["sign"] else None
    measure = Measure(_term(found["left"], run), found["sign"] or "", right, end["end"] if end else "")
    if end and (measure.unit is not Unit.POINTS or bool(measure.sign) == (end["end"] == RANGE)):
        example = "an accuracy, as in range(a.accuracy)" if end["end"] == RANGE else DIFFERENCE.format(end["end"])
        raise InputError(f"{end['end']} is of {example}.")
    if right and any(term.quantity.unit.words for term in measure.terms):
        raise InputError("Conditions and causes are not compared with a sign.")
    return measure


def _term(text: str, run: str) -> Term:
    found = TERM.fullmatch(text.strip())
    if not found:
        raise InputError(f"'{text:.40}' is no measure; one is written like never.accuracy or signal(layer=10).")
    quantity = MeasuredQuantity.named(found["name"])
    given: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in (found["inside"] or "").split(","))):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        if not sign or name in given:
            raise InputError(f"'{part:.40}' in brackets is not written like layer=1.")
        given[name] = value
    of = (found["run"] or run) if quantity.of_run else ""
    if quantity.of_run and not of:
        raise InputError(f"{quantity.key} is measured in a run: say in which, as in never.{quantity.key}.")
    if found["run"] and not quantity.of_run:
        raise InputError(f"{quantity.key} is computed, and not of '{found['run']}'.")
    return Term(of, quantity, tuple(quantity.read(given).items()))


def _numbers(values: Sequence[Value]) -> list[float]:
    if any(isinstance(value, str) for value in values):
        raise InputError("Words have no mean.")
    return [float(value) for value in values]


def _mean(values: Sequence[float]) -> float:
    return inf if inf in values else sum(values) / len(values)


def _difference(left: float, right: float) -> float:
    return left - right


def _ratio(left: float, right: float) -> float:
    return left / right if right else nan
