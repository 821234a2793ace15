"""Recipe, verdicts, live changes and summary of a run as JSON text and back. Reading raises InputError."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any, TypeVar

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.base.language import Later, Message, english, message
from model.config.recipe import Change, Recipe
from model.diagnosis.figures import Figure, NamedFigures, place_figures
from model.diagnosis.stored_remedies import remedy_json, stored_remedy
from model.diagnosis.verdict import Cause, Condition, Remedy, Verdict
from model.history.run_summary import SPARK_POINTS, RunSummary

LONGEST_TEXT = 1 << 24  # characters
LONGEST_SENTENCE = 2_000  # characters
MOST_FIGURES, LONGEST_KEY, LARGEST_WHOLE = 32, 64, 1 << 53
NO_CHANGES = json.dumps([])
Found = TypeVar("Found")


def _verdict_json(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    stored: dict[str, Any] = {
        "class": verdict.condition.key,
        "since": verdict.since,
        "cause": verdict.cause.key,
        "figures": dict(verdict.figures),
        "remedies": [remedy_json(remedy) for remedy in verdict.remedies],
    }
    return {**stored, "sentence": verdict.said} if verdict.said else stored


@english()
def verdicts_text(verdicts: Sequence[tuple[int, Verdict]]) -> str:
    """Encode the verdicts, each with its iteration."""
    return json.dumps([[iteration, _verdict_json(verdict)] for iteration, verdict in verdicts])


def changes_text(changes: Sequence[Change]) -> str:
    """Encode the live changes."""
    return json.dumps(changes)


@english()
def digest_text(summary: RunSummary) -> str:
    """Encode a summary."""
    return json.dumps({**asdict(summary), "verdict": _verdict_json(summary.verdict)})


def recipe_text(recipe: Recipe) -> str:
    """Encode a recipe."""
    return json.dumps(recipe.to_json())


def _without_stop(error: InputError) -> str:
    return str(error).rstrip(".。")


def _read(text: Any, fault: str, make: Callable[[Any], Found]) -> Found:
    try:
        if not isinstance(text, str) or len(text) > LONGEST_TEXT:
            raise ValueError
        return make(json.loads(text))
    except InputError as error:
        raise InputError("{fault} ({error})", fault=Message(fault), error=Later(_without_stop, error)) from None
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError, RecursionError):
        raise InputError(fault) from None


def read_recipe(text: Any) -> Recipe:
    """Decode the text of `recipe_text`."""
    return _read(text, message("its settings cannot be read"), Recipe.from_json)


def read_changes(text: Any) -> list[Change]:
    """Decode the text of `changes_text`."""
    if text == NO_CHANGES:  # as nearly all of thousands of runs have it
        return []
    return _read(text, message("its changes cannot be read"), lambda values: [_change(*each) for each in values])


def _change(iteration: Any, name: Any, value: Any) -> Change:
    return Change(int(iteration), str(name), float(value))


def read_verdicts(text: Any, recipe: Recipe) -> list[tuple[int, Verdict]]:
    """Decode the text of `verdicts_text`; each remedy must be applicable to `recipe`."""
    return _read(text, message("its verdicts cannot be read"), lambda values: [_said(each, recipe) for each in values])


def _said(values: Any, recipe: Recipe) -> tuple[int, Verdict]:
    at, stored = values
    verdict = _verdict(stored, _remedies(stored, recipe))
    if "figures" not in stored:
        verdict = replace(verdict, figures=_former_figures(verdict.said, recipe))
    return int(at), verdict


def _former_figures(sentence: str, recipe: Recipe) -> NamedFigures:
    """Parse the place of a divergence, all that is asked of a verdict by a program that stored only its sentence."""
    found = re.match("The values of (.+?) left the range", sentence)
    return place_figures(found[1], len(recipe.config.hidden)) if found else {}


def _remedies(values: Any, recipe: Recipe) -> tuple[Remedy, ...]:
    remedies = tuple(stored_remedy(each, recipe.config) for each in values["remedies"])
    for remedy in remedies:
        remedy.of(recipe.config)  # raises for one that cannot be applied
    return remedies


def _verdict(values: Any, remedies: tuple[Remedy, ...]) -> Verdict:
    """Decode a verdict: of this program with figures, of a former one with its sentence in their place."""
    condition, cause = Condition.named(values["class"]), Cause.named(values["cause"])
    figures = _figures(values["figures"]) if "figures" in values else {}
    said = str(values["sentence"]) if "sentence" in values or "figures" not in values else ""
    if len(said) > LONGEST_SENTENCE:
        raise ValueError
    return Verdict(condition, int(values["since"]), cause, figures, remedies, said)


def _figures(values: Any) -> NamedFigures:
    if len(values) > MOST_FIGURES:
        raise ValueError
    return {_short(name): _figure(value) for name, value in values.items()}


def _figure(value: Any) -> Figure:
    if isinstance(value, int):
        if abs(value) > LARGEST_WHOLE:
            raise ValueError
        return int(value)
    return value if value is None or isinstance(value, float) else _short(value)


def _short(text: Any) -> str:
    if not isinstance(text, str) or len(text) > LONGEST_KEY:
        raise ValueError
    return text


def read_digest(text: Any) -> RunSummary:
    """Decode the text of `digest_text`; its verdict has no remedies: a list of thousands needs none."""
    return _read(text, message("its digest cannot be read"), _summary)


def _summary(values: Any) -> RunSummary:
    spark = tuple(float(value) for value in values["spark"])
    if len(spark) > SPARK_POINTS:
        raise ValueError
    return RunSummary(
        int(values["iteration"]),
        float(values["test_accuracy"]),
        float(values["loss"]),
        values["verdict"] and _verdict(values["verdict"], ()),
        spark,
        bool(values["ended"]),
        Arithmetic.from_json(kept) if (kept := values.get("arithmetic")) else None,
    )
