"""Opens a data set wherever it lies: a folder or one above it, a file of it, an archive; or says what is missing."""

import glob
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from model.base.errors import InputError
from model.base.language import Later, Message, message, tr_count
from model.base.system_reason import system_reason
from model.data.reading.archives import opened_archive
from model.data.reading.contents import Contents, read_contents
from model.data.reading.entries import Entry, entry_of, files_in
from model.data.reading.found_sets import FoundSet, SeveralSetsError, chosen_set, find_sets
from model.data.reading.roles import enumerated, path_words

ARCHIVES = (".zip", ".npz", ".tar", ".tar.gz", ".tgz")
PICKLES = (".pkl", ".pickle", ".pkl.gz", ".pt", ".pth")
# Folders of these names say nothing of the data set that lies in them.
PLAIN_NAMES = {"raw", "gzip"}
NEEDED = message(
    "a data set is four IDX or NumPy files (training and test images and labels), an .npz file or a CSV with labels"
)
SAID = 3  # of many kinds of files, so many are named


class Files(NamedTuple):
    """Files that lie at one place, and the name of the data set that is meant among them, '' for the only one."""

    place: Path
    entries: list[Entry]
    wanted: str


class Opened(NamedTuple):
    """A data set as its files have it: its name, the set of files, their contents, and names that tell its origin."""

    name: str
    found: FoundSet
    contents: Contents
    origins: tuple[str, ...]


def open_set(text: str) -> Opened:
    """Read the data set at a path; raises InputError that says what is wrong, SeveralSetsError where several lie there.

    What follows a folder or an archive in the path names one of several data sets in it.
    """
    try:
        place, wanted = _place(Path(text).expanduser())
        with _files(place, wanted) as files:
            if found := chosen_set(find_sets(files.entries), str(files.place), files.wanted):
                return _opened(found, files.place)
            if files.wanted or not place.is_dir():
                raise _nothing(files)
            archive = _only_archive(files)
            with opened_archive(archive) as members:
                inside = Files(place / archive.path, members or [], "")
                if found := chosen_set(find_sets(inside.entries), str(inside.place)):
                    return _opened(found, inside.place)
                raise _nothing(inside)
    except (OSError, RuntimeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        reason = system_reason(error) if isinstance(error, OSError) else str(error).rstrip(".")
        raise InputError("The folder '{path}' cannot be opened: {reason}.", path=text[:300], reason=reason) from None


def _opened(found: FoundSet, place: Path) -> Opened:
    resolved = place.resolve()
    origins = (*(entry.path for entry in found.entries), resolved.name, resolved.parent.name)
    return Opened(_name(found, resolved), found, read_contents(found), origins)


def _name(found: FoundSet, place: Path) -> str:
    """What a data set is called: by its files' common words, else by the nearest folder's or the archive's name."""
    names = [place.parent.name, _plain(place), *found.called.split("/")]
    return next((name for name in reversed(names) if name and name.lower() not in PLAIN_NAMES), _plain(place))


def _place(path: Path) -> tuple[Path, str]:
    """The folder or file that a path begins with, and what follows it."""
    for place in (path, *path.parents[:3]):
        if place.exists():
            if place != path and (place == Path() or place == place.parent or len(path.parts) - len(place.parts) > 3):
                break
            return place, "/".join(path.parts[len(place.parts) :])
    raise _absent(path)


def _absent(path: Path) -> InputError:
    return InputError("There is no folder or file '{path}' to read a data set from.", path=str(path)[:300])


def is_there(text: str) -> bool:
    """Whether there is anything at the path of a data set, as far as can be told without opening it."""
    try:
        path = Path(text).expanduser()
        if path.exists() or any(above.is_file() for above in path.parents[:3]):
            return True
        return path.parent.is_dir() and any(path.parent.glob(f"{glob.escape(path.name)}*"))
    except (OSError, RuntimeError, ValueError):
        return False


@contextmanager
def _files(place: Path, wanted: str) -> Iterator[Files]:
    """The files at a place, or where they lie of which it is one."""
    if place.is_dir():
        if wanted and not is_there(str(place / wanted)):
            raise _absent(place / wanted)
        yield Files(place, files_in(place), wanted)
        return
    entry = entry_of(place)
    if not _is_part(entry):
        with opened_archive(entry) as members:
            if members is not None:
                yield Files(place, members, wanted)
                return
    if wanted:
        raise InputError("'{file}' is no archive that '{wanted}' can lie in.", file=place.name, wanted=wanted)
    words = path_words(entry.parts)
    beside = words.split or words.kind
    yield Files(place.parent, files_in(place.parent, 0) if beside else [entry], place.name)


def _is_part(entry: Entry) -> bool:
    """Whether a file by its name is one of several of a data set."""
    words, name = path_words(entry.parts), entry.name.lower()
    return bool(words.kind) and not name.endswith(tuple(kind for kind in ARCHIVES if kind != ".npz"))


def _only_archive(files: Files) -> Entry:
    archives = [entry for entry in files.entries if entry.name.lower().endswith(ARCHIVES)]
    if not archives:
        raise _nothing(files)
    flattest = [entry for entry in archives if len(entry.parts) == len(archives[0].parts)]
    if len(flattest) > 1:
        raise SeveralSetsError(str(files.place), [entry.path for entry in flattest])
    return flattest[0]


def _plain(path: Path) -> str:
    """A file's name without its suffixes, a folder's own."""
    name = path.name
    if path.is_dir():
        return name
    for suffix in (*ARCHIVES, ".csv", ".gz", ".tsv"):
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] or name
    return name


def _nothing(files: Files) -> InputError:
    """Say what was found where no data set is, and what one needs."""
    place, entries = files.place, files.entries
    if files.wanted and place.is_dir() and not (place / files.wanted).is_file():
        return _absent(place / files.wanted)
    if files.wanted and not place.is_dir():
        return InputError("In '{place}' there is no data set called '{wanted}'.", place=place, wanted=files.wanted)
    if files.wanted:
        entries = [entry for entry in entries if entry.name == files.wanted] or entries
    if not entries:
        return InputError("'{place}' is empty; {needed}.", place=place, needed=Message(NEEDED))
    pickled = next((entry for entry in entries if entry.name.lower().endswith(PICKLES)), None)
    if pickled:
        return InputError(
            "{file} is a pickle, which may run any program when it is opened; {needed}.",
            file=pickled.name,
            needed=Message(NEEDED),
        )
    if files.wanted:
        return InputError(
            "'{wanted}' is none of the files that a data set has; {needed}.",
            wanted=files.wanted,
            needed=Message(NEEDED),
        )
    kinds = Counter(PurePosixPath(entry.name).suffix.lower() for entry in entries)
    told: list[object] = [Later(_of_kind, kind, number) for kind, number in kinds.most_common(SAID)]
    told += [Message("others")] if len(kinds) > SAID else []
    return InputError(
        "In '{place}' there is no data set but {kinds}; {needed}.",
        place=place,
        kinds=Later(enumerated, told),
        needed=Message(NEEDED),
    )


def _of_kind(kind: str, number: int) -> str:
    if not kind:
        return tr_count("{n} unnamed file", "{n} unnamed files", number)
    return tr_count("{n} {kind} file", "{n} {kind} files", number, kind=kind)
