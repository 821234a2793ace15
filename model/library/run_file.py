"""Writes a run to a `.layerscope` file, which is a library with one run."""

from pathlib import Path

from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, summarise
from model.library.library import Library


def write_run(recipe: Recipe, run_log: RunLog, path: Path) -> None:
    """Write a run without a label to `path`, whole or not at all; raises InputError."""
    write_listing(RunListing(recipe, summary=summarise(run_log)), run_log, path)


def write_listing(listing: RunListing, run_log: RunLog, path: Path) -> None:
    """Write a run with its label, colour and creation time to `path`, whole or not at all; raises InputError."""
    library = Library.in_memory()
    try:
        library.add(listing)
        library.save(listing.id, run_log)
        library.write(listing.id, path)
    finally:
        library.close()
