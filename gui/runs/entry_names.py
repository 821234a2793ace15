"""What the runs of the list are called, in the language in use, put into words once."""

from collections.abc import Sequence

from gui.runs.run_entry import RunEntry
from model.base.language import language
from model.config.recipe import Recipe
from model.config.run_names import RunNames


class EntryNames:
    """Names by id, as the user gave them or after what sets each run apart from the others, kept until `forget`.

    A window that speaks another language also has them in English, for the tables that are copied from it.
    """

    def __init__(self) -> None:
        self._names: dict[str, RunNames[str]] = {}
        self._called: dict[str, tuple[list[Recipe], dict[str, str]]] = {}  # what `of` said since the last change

    def of(self, entries: Sequence[RunEntry], live: list[Recipe]) -> dict[str, str]:
        """The names of all entries; `live` are the recipes of those that may still change."""
        code = language()
        if code not in self._called or self._called[code][0] != live:
            listed = ((entry.listing, entry) for entry in entries)  # of thousands, few have a run log to ask
            names = self._names.setdefault(code, RunNames[str]())
            made = names.of((each.id, entry.recipe if entry.run_log else each.recipe) for each, entry in listed)
            given = {entry.id: entry.given for entry in entries if entry.listing.label}
            self._called[code] = live, {**made, **given}
        return self._called[code][1]

    def forget(self) -> None:
        """Make them anew when next asked: runs have come, gone or been renamed."""
        self._called.clear()
