"""Runs in the background: the lesson's six with one click."""

from gui.entry import Entry
from gui.runs import Runs
from gui.training import Mailbox
from model.crew import Crew
from model.presets import LESSON
from model.recipe import Recipe


def start_lesson(runs: Runs, crew: Crew, **settings: int | str) -> list[Entry]:
    """Begin the lesson's six with these settings in common, and show only these; they are in the figure's order.

    `runs.said` tells why one cannot be trained.
    """
    recipes = [Recipe(preset.config.replace(**settings)) for preset in LESSON]
    entries = [begin_in_background(runs, crew, recipe) for recipe in recipes]
    runs.show(entries)
    return entries


def begin_in_background(runs: Runs, crew: Crew, recipe: Recipe) -> Entry:
    """Begin a run that a worker process trains."""

    def tell(error: Exception | None) -> None:
        if error:
            runs.line.tell(str(error))

    logbook = Mailbox()  # so that the dashboard can show it while it goes on
    entry = runs.begin(recipe, logbook)
    crew.train(recipe, logbook, tell)
    return entry
