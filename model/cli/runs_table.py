"""Formats the runs of a library as a table, as JSON, or one run in full."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from model.config.option_text import written
from model.diagnosis.verdict import verdict_json
from model.exports.reproduce import as_command
from model.history.run_summary import RunListing

LONGEST_NAME = 44  # characters
SHORT_ID = 8  # characters


def table(listings: Sequence[RunListing], names: Sequence[str]) -> str:
    """Format runs as a table with a header; `names` are those of `listings`."""
    if not listings:
        return "The library has no runs."
    head = ("", "name", "test accuracy", "verdict", "iterations", "created", "id")
    rows = [
        (
            f"{number}",
            name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…",
            _accuracy(listing),
            listing.summary.verdict.condition.label if listing.summary.verdict else "",
            _progress(listing, "/"),
            _moment(listing)[:16],
            listing.id[:SHORT_ID],
        )
        for number, (listing, name) in enumerate(zip(listings, names, strict=True), 1)
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    right = (0, 2, 4)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    )


def as_json(number: int, listing: RunListing, name: str) -> str:
    """Format a run as a JSON object on one line."""
    told = listing.summary
    found: dict[str, Any] = {
        "number": number,
        "id": listing.id,
        "name": name,
        "created": _moment(listing, UTC),
        "iterations": told.iteration,
        "ended": told.ended,
        "test_accuracy": _finite(told.test_accuracy),
        "loss": _finite(told.loss),
        "verdict": verdict_json(told.verdict) if told.verdict else None,
        "arithmetic": told.arithmetic and asdict(told.arithmetic),
        "freed": listing.freed,
        **listing.recipe.to_json(),
    }
    return json.dumps(found, allow_nan=False)


def told(listing: RunListing, name: str) -> str:
    """Format a run in full: results, settings, changes, and the command that reproduces it."""
    recipe, verdict = listing.recipe, listing.summary.verdict
    rows = [
        ("id", listing.id),
        ("created", _moment(listing)),
        ("reached", f"iteration {_progress(listing, ' of ')}"),
        ("test accuracy", _accuracy(listing)),
        ("loss", f"{listing.summary.loss:.4g}" if isfinite(listing.summary.loss) else ""),
    ]
    if verdict:
        rows.append(("verdict", f"{verdict.condition.label}: {verdict.sentence}"))
    if listing.freed:
        rows.append(("weights", "gone, to keep the library within its budget; it can be trained again"))
    if arithmetic := listing.summary.arithmetic:
        rows.append(("computed with", str(arithmetic)))
    rows += [(setting.name, written(recipe.config.value(setting.name))) for setting in recipe.config.settings()]
    if recipe.branch:
        scales = "".join(f", layer {layer} × {factor:g}" for layer, factor in recipe.branch.scales)
        rows.append(("branch", f"off another run at iteration {recipe.branch.iteration:,}{scales}"))
    for iteration, setting, value in recipe.changes:
        rows.append(("change", f"{setting} {value:g} from iteration {iteration:,} on"))
    width = max(len(label) for label, _ in rows)
    lines = [f"  {label.replace('_', ' '):<{width}}  {value or '–'}" for label, value in rows]
    return "\n".join([name, *lines, "", as_command(recipe)])


def _accuracy(listing: RunListing) -> str:
    return f"{listing.summary.test_accuracy:.4f}" if isfinite(listing.summary.test_accuracy) else ""


def _progress(listing: RunListing, between: str) -> str:
    reached, planned = listing.summary.iteration, listing.recipe.config.iterations
    return f"{planned:,}" if reached == planned else f"{reached:,}{between}{planned:,}"


def _moment(listing: RunListing, zone: Any = None) -> str:
    try:
        moment = datetime.fromtimestamp(listing.created, zone)
    except (OverflowError, OSError, ValueError):  # a year that no calendar has, from a file of another's
        return ""
    return moment.isoformat(" " if zone is None else "T", "seconds")


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None
