"""A run as JSON Lines: the output of `train --json`, except for the seconds, which a run does not store.

There is a line for each tested record that the timeline still keeps: all of them up to some hundred records.
"""

from math import nan

from model.base.errors import Diverged
from model.config.recipe import Recipe
from model.data.pixel_scaling import Pixels
from model.diagnosis.figures import place_name
from model.diagnosis.verdict import Cause, Condition, Verdict
from model.exports.printout import JsonLines, Outcome
from model.exports.run_extract import Extract
from model.history.run_log import RunLog


def jsonl_of(recipe: Recipe, run_log: RunLog) -> bytes:
    """Encode a run as JSON Lines; an unfinished run is marked as interrupted."""
    extract, report = Extract.of(run_log), JsonLines()
    tested = [record for record in extract.moments if record.tested]
    lines = [*map(report.record, tested), report.end(_outcome(recipe, extract))]
    return "".join(f"{line}\n" for line in lines).encode()


def _outcome(recipe: Recipe, extract: Extract) -> Outcome:
    verdict = extract.verdict or Verdict(Condition.EARLY, 0, Cause.NONE)
    diverged = None
    if verdict.condition is Condition.DIVERGED:
        place, raw_pixels = place_name(verdict.figures), recipe.config.pixels is Pixels.RAW
        diverged = Diverged(verdict.since, place, recipe.start, raw_pixels=raw_pixels)
    last = next((record for record in reversed(extract.moments) if record.tested), None)
    interrupted = not diverged and (last is None or last.iteration < recipe.config.iterations)
    return Outcome(recipe, extract.iteration, nan, last, diverged, interrupted, verdict, extract.arithmetic)
