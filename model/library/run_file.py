"""One run as a file of its own."""

from pathlib import Path

from model.config.recipe import Recipe
from model.history.run_log import Logbook
from model.history.run_summary import RunCard, digest
from model.library.library import Library


def write_run(recipe: Recipe, logbook: Logbook, path: Path) -> None:
    """Write a run to `path`, whole or not at all; raises InputError."""
    write_card(RunCard(recipe, digest=digest(logbook)), logbook, path)


def write_card(card: RunCard, logbook: Logbook, path: Path) -> None:
    """The same with its place in the list: its name, colour and time."""
    library = Library.in_memory()
    try:
        library.add(card)
        library.save(card.id, logbook)
        library.write(card.id, path)
    finally:
        library.close()


SUFFIX = ".layerscope"
