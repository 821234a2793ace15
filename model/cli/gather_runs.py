"""Loads the runs that a command names from files and the library, or trains those of presets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from model.base.console import Progress
from model.base.errors import InputError
from model.base.user_paths import RUN_SUFFIX, library_path
from model.cli.run_lookup import found_run
from model.config.presets import PRESETS, preset_named
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.training.replay import train_recipe


class Compared(NamedTuple):
    """A run to compare, with its records."""

    listing: RunListing
    run_log: RunLog


def gather(
    runs: Sequence[str], library: Path | None, proceed: Callable[[], bool], at: int | None = None
) -> list[Compared]:
    """Load or train the named runs, in the order of `runs`, each in a colour of its own.

    `library` is None for the window's; `at` must lie within the longest run. Training stops when `proceed`, called
    before each iteration, returns False. Raises InputError, before any training, for a run that does not exist.
    """
    found = [_named(text, library) for text in runs]
    longest = max(listing.recipe.config.iterations for listing, _ in found)
    if at is not None and at > longest:
        raise InputError(f"--at {at:,} is beyond the end of every run; the longest ends at iteration {longest:,}.")
    trained = iter(_trained([listing.recipe for listing, run_log in found if run_log is None], proceed))
    return [
        Compared(replace(listing, color=color), run_log or next(trained))
        for color, (listing, run_log) in enumerate(found)
    ]


def _named(text: str, library: Path | None) -> tuple[RunListing, RunLog | None]:
    """Find the run named `text`; its run log is None if it is a preset that has to be trained."""
    saved = library or library_path().exists() or text.lower().endswith(RUN_SUFFIX)
    if not saved or text in {preset.name for preset in PRESETS}:
        return RunListing(Recipe(preset_named(text).config)), None
    with found_run(text, library) as (opened, listing, _):
        return listing, opened.load(listing.id)


def _trained(recipes: Sequence[Recipe], proceed: Callable[[], bool]) -> list[RunLog]:
    if not recipes:
        return []
    dataset = load_dataset()
    progress = Progress(sum(recipe.config.iterations for recipe in recipes))
    done = 0

    def go_on() -> bool:
        nonlocal done
        progress.show(done)
        done += 1
        return proceed()

    run_logs = [train_recipe(recipe, dataset, proceed=go_on) for recipe in recipes]
    progress.end(min(done, progress.total))
    return run_logs
