"""Finds a run by its number in the list, its name, the beginning of its id, or its file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from model.base.console import complain, program
from model.base.errors import InputError
from model.base.user_paths import RUN_SUFFIX, library_path
from model.config.run_names import names_of
from model.history.run_summary import RunListing
from model.library.library import Library

SHORTEST_ID = 4  # fewer letters are more likely a number or a name


def named(listings: Sequence[RunListing]) -> list[str]:
    """The name of each run, as the window shows it: its label, or a name made from its settings."""
    made = names_of([listing.recipe for listing in listings])
    return [listing.label or name for listing, name in zip(listings, made, strict=True)]


@contextmanager
def opened_library(path: Path | None) -> Iterator[Library]:
    """Context with the library at `path` (None: the window's); raises InputError if it does not exist."""
    place = path or library_path()
    if not place.exists():
        raise InputError(f"There is no library '{place}'; the window makes it, or --library names another.")
    library = Library.open(place)
    try:
        yield library
    finally:
        library.close()


def listed(library: Library) -> list[RunListing]:
    """List the runs in order of creation; unreadable ones are reported on stderr."""
    listings = library.runs()
    for note in library.notes:
        complain(note)
    return listings


@contextmanager
def found_run(text: str, path: Path | None) -> Iterator[tuple[Library, RunListing, str]]:
    """Context with the run called `text`: its open library, its listing and its name; raises InputError.

    `text` may also be a `.layerscope` file, which is then read into a library in memory.
    """
    if text.lower().endswith(RUN_SUFFIX):
        library = Library.in_memory()
        try:
            listings = library.take(Path(text))
            if len(listings) != 1:
                raise InputError(f"'{text}' holds {len(listings)} runs; name it with --library and choose one.")
            yield library, listings[0], named(listings)[0]
        finally:
            library.close()
        return
    with opened_library(path) as library:
        listings = listed(library)
        place = find(text, listings, named(listings))
        yield library, listings[place], named(listings)[place]


def find(text: str, listings: Sequence[RunListing], names: Sequence[str]) -> int:
    """The index of the run called `text`; raises InputError if there is none or more than one."""
    numbers = [str(number) for number in range(1, len(listings) + 1)]
    if text in numbers:
        return numbers.index(text)
    places = [place for place, name in enumerate(names) if name.casefold() == text.casefold()]
    if not places and len(text) >= SHORTEST_ID:
        places = [place for place, listing in enumerate(listings) if listing.id.startswith(text.lower())]
    if not places:
        raise InputError(f"There is no run '{text}' in the library; '{program()} runs list' shows those there are.")
    if len(places) > 1:
        meant = ", ".join(numbers[place] for place in places)
        raise InputError(f"'{text}' can be any of the runs {meant}; name the one by its number.")
    return places[0]
