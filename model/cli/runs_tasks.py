"""What the command `runs` does with the runs of a library."""

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
    """A format from its key; raises InputError."""
    try:
        return value if value is None or isinstance(value, Export) else Export.named(str(value))
    except InputError as error:
        raise InputError(f"--as: {error}") from None


@dataclass(frozen=True)
class OfRuns(Shelf, HeadlessCommand):
    """What is done with the runs of a library; `which` are those named, in words that model.cli.run_lookup explains."""

    which: tuple[str, ...] = ()


@dataclass(frozen=True)
class ListRuns(OfRuns):
    """Print all runs."""

    json: bool = param(False, "JSON", "Prints one JSON object for each run.")

    def run(self) -> int:
        """Print them."""
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
    """Print all that is known of some runs."""

    def run(self) -> int:
        """Print it, with a blank line between two."""
        found = []
        for text in self.which:
            with found_run(text, self.library) as (_, listing, name):
                found.append(told(listing, name))
        say("\n\n".join(found))
        return 0


@dataclass(frozen=True)
class ExportRun(OfRuns):
    """Write a run for other programs."""

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
        """Write it, and say where."""
        assert self.out is not None
        kind = self.as_ or Export.of(self.out)
        with found_run(self.which[0], self.library) as (library, listing, name):
            path = kind.write(listing, library.load(listing.id), self.out, self.at)
        say(f"{name}: {kind.label} in '{path}'.")
        return 0


@dataclass(frozen=True)
class DeleteRuns(OfRuns):
    """Take runs off the list."""

    def run(self) -> int:
        """Delete all or, if one of them is unknown, none."""
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
    """Bring deleted runs back."""

    def run(self) -> int:
        """Restore those whose ids are given."""
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
