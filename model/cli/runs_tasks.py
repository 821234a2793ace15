"""The tasks of the command `runs`: list, show, export, delete, restore."""

from dataclasses import dataclass
from pathlib import Path

from model.base.console import program, say
from model.base.errors import InputError
from model.base.params import param
from model.cli.command import HeadlessCommand
from model.cli.options import Shelf, parse_iteration, parse_path
from model.cli.run_lookup import find, found_run, listed, named, opened_library
from model.cli.runs_table import as_json, table, told
from model.exports.formats import Export


def parse_format(value: object) -> Export | None:
    """Parse an export format from its key; raises InputError."""
    try:
        return value if value is None or isinstance(value, Export) else Export.named(str(value))
    except InputError as error:
        raise InputError(f"--as: {error}") from None


@dataclass(frozen=True)
class OfRuns(Shelf, HeadlessCommand):
    """Base class of the tasks of `runs`; `which` are run names, numbers, ids or files (see model.cli.run_lookup)."""

    which: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListRuns(OfRuns):
    """Print all runs as a table or as JSON Lines."""

    json: bool = param(False, "JSON", "Prints one JSON object for each run.")

    def run(self) -> int:
        with opened_library(self.library) as library:
            listings = listed(library)
        names = named(listings)
        if not self.json:
            say(table(listings, names))
            return 0
        for number, (listing, name) in enumerate(zip(listings, names, strict=True), 1):
            say(as_json(number, listing, name))
        return 0


@dataclass(frozen=True)
class ShowRuns(OfRuns):
    """Print runs in full."""

    def run(self) -> int:
        found = []
        for text in self.which:
            with found_run(text, self.library) as (_, listing, name):
                found.append(told(listing, name))
        say("\n\n".join(found))
        return 0


@dataclass(frozen=True)
class ExportRun(OfRuns):
    """Write a run in an export format."""

    as_: Export | None = param(
        None, "Format",
        f"What to write: {', '.join(each.key for each in Export)}; what the suffix of --out says when left out.",
        reads=parse_format,
    )  # fmt: skip
    out: Path | None = param(None, "Out", "The file to write; a folder for TensorBoard.", reads=parse_path)
    at: int | None = param(
        None, "At", "Whose weights: the last that are kept up to this iteration; the end when left out.",
        reads=parse_iteration,
    )  # fmt: skip

    def __post_init__(self) -> None:
        if self.out is None:
            raise InputError("An export needs --out FILE to be written to.")

    def run(self) -> int:
        assert self.out is not None
        kind = self.as_ or Export.of(self.out)
        with found_run(self.which[0], self.library) as (library, listing, name):
            path = kind.write(listing, library.load(listing.id), self.out, self.at)
        say(f"{name}: {kind.label} in '{path}'.")
        return 0


@dataclass(frozen=True)
class DeleteRuns(OfRuns):
    """Mark runs as deleted."""

    def run(self) -> int:
        """Delete all named runs, or none if one of them is unknown (InputError)."""
        with opened_library(self.library) as library:
            listings = listed(library)
            names = named(listings)
            places = list(dict.fromkeys(find(text, listings, names) for text in self.which))
            library.delete([listings[place].id for place in places])
        for place in places:
            say(f"Deleted {names[place]} ({listings[place].id}).")
        say(f"For a day '{program()} runs restore ID' brings back what was deleted.")
        return 0


@dataclass(frozen=True)
class RestoreRuns(OfRuns):
    """Restore deleted runs by their full ids."""

    def run(self) -> int:
        """Restore the runs; raises InputError for an unknown id."""
        with opened_library(self.library) as library:
            before = {listing.id for listing in library.runs()}
            library.restore(self.which)
            listings = listed(library)
        names = {listing.id: name for listing, name in zip(listings, named(listings), strict=True)}
        for id_ in self.which:
            if id_ not in names:
                raise InputError(f"There is no deleted run with the id '{id_}'; it takes the whole id.")
            say(f"{names[id_]} is {'there' if id_ in before else 'back'}.")
        return 0
