"""Printed output of a run without a window: JSON lines for scripts, a short table for people."""

import json
from dataclasses import asdict, dataclass, fields
from math import isfinite
from typing import Any, Protocol

from model.base.arithmetic import Arithmetic
from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Condition, Verdict, verdict_json
from model.exports.reproduce import arguments_of
from model.measurement.gains import Gain
from model.measurement.records import LayerRecord, Record

TABLE_ROWS = 10
MAX_COLUMNS = 6


@dataclass(frozen=True)
class Outcome:
    """The end of a run: updates made, `seconds` of training (NaN if unknown), and the `last` tested record, if any.

    `arithmetic` is None where it is not known.
    """

    recipe: Recipe
    iterations: int
    seconds: float
    last: Record | None
    diverged: Diverged | None
    interrupted: bool
    verdict: Verdict
    arithmetic: Arithmetic | None = None

    @property
    def config(self) -> Config:
        """The settings of the run."""
        return self.recipe.config


class Printout(Protocol):
    """Formats the records and the end of a run as lines to print; '' for nothing."""

    def record(self, record: Record) -> str:
        """Format a record."""

    def end(self, outcome: Outcome) -> str:
        """Format the outcome."""


class JsonLines:
    """Printout as JSON Lines: an object per record, and a last one with `done`; NaN and infinity become null."""

    def record(self, record: Record) -> str:
        """Format a record as one line."""
        layers = [_layer(layer) for layer in record.layers]
        return _line({**_scalars(record), "layers": layers, "output": _layer(record.output)})

    def end(self, outcome: Outcome) -> str:
        """Format the outcome as one line."""
        result: dict[str, Any] = {
            "done": True,
            "final_test_accuracy": _finite(outcome.last.test_accuracy) if outcome.last else None,
            "seconds": _finite(round(outcome.seconds, 3)),
            "iterations": outcome.iterations,
            **outcome.recipe.to_json(),
            "verdict": {**verdict_json(outcome.verdict), "remedies": _remedies(outcome)},
            "arithmetic": outcome.arithmetic and asdict(outcome.arithmetic),
        }
        if outcome.diverged:
            result["diverged"] = {
                "iteration": outcome.diverged.iteration,
                "layer": outcome.diverged.place,
                "message": str(outcome.diverged),
            }
        if outcome.interrupted:
            result["interrupted"] = True
        return _line(result)


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, allow_nan=False)


def _remedies(outcome: Outcome) -> list[dict[str, Any]]:
    """What a verdict offers: label, and the words after `train` that make the changed run."""
    config = outcome.recipe.config
    changed = [(remedy.label, Recipe(remedy.of(config))) for remedy in outcome.verdict.remedies]
    return [{"label": label, "options": arguments_of(recipe)} for label, recipe in changed]


def _layer(layer: LayerRecord) -> dict[str, Any]:
    return {**_scalars(layer), "gain": _gains(layer.gain), "signal_gain": _gains(layer.signal_gain)}


def _gains(gains: tuple[Gain, ...]) -> dict[str, Any]:
    """The factor of each stage by its name, with _ for spaces."""
    return {gain.stage.replace(" ", "_"): _finite(gain.factor) for gain in gains}


def _scalars(record: Record | LayerRecord) -> dict[str, Any]:
    """The numbers and names of a record, without arrays and histograms."""
    found = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        name: _finite(value) for name, value in found.items() if value is None or isinstance(value, (str, int, float))
    }


def _finite(value: str | int | float | None) -> str | int | float | None:
    return None if isinstance(value, float) and not isfinite(value) else value


class Table:
    """Printout as a table of about ten evenly spaced records, with the first and the last, and a closing sentence."""

    def __init__(self, config: Config, start: int = 0) -> None:
        every, end = config.record_every, config.iterations
        first, last = -(-start // every), -(-end // every)
        between = {
            min(round(first + row * (last - first) / TABLE_ROWS) * every, end) for row in range(1, TABLE_ROWS + 1)
        }
        self.rows = {start, *between}
        self.printed = -1

    def record(self, record: Record) -> str:
        """Format a record as a row, below the header if it is the first; '' if the table leaves it out."""
        return self._row(record) if record.iteration in self.rows else ""

    def end(self, outcome: Outcome) -> str:
        """Format the last row, if not printed yet, and a sentence on the outcome."""
        last = outcome.last
        row = self._row(last) if last and last.iteration != self.printed else ""
        return f"{row}\n\n{_sentence(outcome)}".lstrip("\n") if row else f"\n{_sentence(outcome)}"

    def _row(self, record: Record) -> str:
        layers = _outer(list(record.layers))
        measured = f"{record.loss:>11.4g}{record.train_accuracy:>9.4f}{record.test_accuracy:>9.4f}"
        row = f"{record.iteration:>10,}{measured}" + "".join(
            f"{layer.activation_std:>11.4g}" if layer else f"{'…':>11}" for layer in layers
        )
        head = _head(layers) if self.printed < 0 else ""
        self.printed = record.iteration
        return head + row


def _head(layers: list[LayerRecord | None]) -> str:
    above = f"{'':39}     standard deviation of the activations\n" if layers else ""
    names = "".join(f"{layer.name if layer else '':>11}" for layer in layers)
    return f"{above}{'iteration':>10}{'loss':>11}{'train':>9}{'test':>9}{names}\n"


def _outer(layers: list[LayerRecord]) -> list[LayerRecord | None]:
    """All layers, or the outermost MAX_COLUMNS with None for those between."""
    half = MAX_COLUMNS // 2
    return [*layers] if len(layers) <= MAX_COLUMNS else [*layers[:half], None, *layers[-half:]]


def _sentence(outcome: Outcome) -> str:
    reached = f"Test accuracy {outcome.last.test_accuracy:.4f}" if outcome.last else ""
    if outcome.last and (outcome.diverged or outcome.interrupted):
        reached += f" at iteration {outcome.last.iteration:,}."
    if outcome.diverged:
        return f"{outcome.diverged} {reached}".rstrip()
    if outcome.interrupted:
        done = f"Interrupted after {outcome.iterations:,} of {outcome.config.iterations:,} iterations."
        return f"{done} {reached}".rstrip()
    said = outcome.verdict
    verdict = f"\n{said.condition.label}: {said.sentence}" if said.condition is not Condition.EARLY else ""
    return f"{reached} after {outcome.iterations:,} iterations in {outcome.seconds:.1f} s.{verdict}"
