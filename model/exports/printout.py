"""How a run without a window is printed: JSON lines for scripts, a short table for people."""

import json
from dataclasses import dataclass, fields
from math import isfinite
from typing import Any, Protocol

from model.base.errors import Diverged
from model.config.config import Config
from model.config.recipe import Recipe
from model.diagnosis.verdict import Condition, Verdict, verdict_json
from model.measurement.gains import Gain
from model.measurement.records import LayerRecord, Record

ROWS = 10
MAX_COLUMNS = 6


@dataclass(frozen=True)
class Outcome:
    """How a run ended; `last` is its last record, if it came to one; `seconds` is NaN where nobody timed it."""

    recipe: Recipe
    iterations: int
    seconds: float
    last: Record | None
    diverged: Diverged | None
    interrupted: bool
    verdict: Verdict

    @property
    def config(self) -> Config:
        """The settings of the run."""
        return self.recipe.config


class Printout(Protocol):
    """Turns what happens into lines; '' where nothing is to be printed."""

    def record(self, record: Record) -> str:
        """The lines for one record."""

    def end(self, outcome: Outcome) -> str:
        """The lines for the end."""


class JsonLines:
    """One object per record and a last one with `done`; a value that is not finite is null."""

    def record(self, record: Record) -> str:
        """The record as one line."""
        layers = [_layer(layer) for layer in record.layers]
        return _line({**_scalars(record), "layers": layers, "output": _layer(record.output)})

    def end(self, outcome: Outcome) -> str:
        """The result as one line."""
        result: dict[str, Any] = {
            "done": True,
            "final_test_accuracy": _finite(outcome.last.test_accuracy) if outcome.last else None,
            "seconds": _finite(round(outcome.seconds, 3)),
            "iterations": outcome.iterations,
            **outcome.recipe.to_json(),
            "verdict": verdict_json(outcome.verdict),
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


def _layer(layer: LayerRecord) -> dict[str, Any]:
    return {**_scalars(layer), "gain": _gains(layer.gain), "signal_gain": _gains(layer.signal_gain)}


def _gains(gains: tuple[Gain, ...]) -> dict[str, Any]:
    """The factor of each stage by its name, as JSON writes names."""
    return {gain.stage.replace(" ", "_"): _finite(gain.factor) for gain in gains}


def _scalars(record: Record | LayerRecord) -> dict[str, Any]:
    """Every measured number and name; arrays and histograms are left to the window."""
    found = {field.name: getattr(record, field.name) for field in fields(record)}
    return {
        name: _finite(value) for name, value in found.items() if value is None or isinstance(value, (str, int, float))
    }


def _finite(value: str | int | float | None) -> str | int | float | None:
    return None if isinstance(value, float) and not isfinite(value) else value


class Table:
    """About ten rows spread evenly over the run, the first and the last record among them, and a sentence."""

    def __init__(self, config: Config, start: int = 0) -> None:
        every, end = config.record_every, config.iterations
        first, last = -(-start // every), -(-end // every)
        between = {min(round(first + row * (last - first) / ROWS) * every, end) for row in range(1, ROWS + 1)}
        self.rows = {start, *between}
        self.printed = -1

    def record(self, record: Record) -> str:
        """The row of a record that has one."""
        return self._row(record) if record.iteration in self.rows else ""

    def end(self, outcome: Outcome) -> str:
        """The last row if it is still missing, and what came of the run."""
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
    """All layers, or the outermost with None for those between."""
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
