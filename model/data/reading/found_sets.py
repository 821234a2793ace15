"""Data sets among files: what belongs together, by the names' roles, and which of several is meant."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from model.base.errors import InputError
from model.base.language import Later, Message, message
from model.data.reading.entries import Entry
from model.data.reading.roles import (
    IMAGES,
    LABELS,
    PUBLISHED,
    ROLES,
    TEST,
    TRAINING,
    VALIDATION,
    Role,
    enumerated,
    path_words,
)

TABLES = (".csv", ".tsv", ".data", ".tra", ".tes")
# Names of these kinds hold no array, whatever else they say.
OTHER_KINDS = (".txt", ".md", ".html", ".json", ".py", ".ipynb", ".png", ".jpg", ".jpeg", ".gif", ".pdf", ".mat", ".pt",
               ".pth", ".pkl", ".pickle", ".h5", ".hdf5", ".parquet", ".arrow", ".xz", ".bz2", ".zip", ".tar", ".tgz",
               ".tfrecord", ".sha256", ".md5", ".tar.gz", ".webp", ".yaml", ".yml", ".xml", ".db")  # fmt: skip
NO_TABLE_WORDS = ("submission", "mapping")
SAID = 3  # of several files or data sets, so many are named


SEVERAL = message("In '{place}' lie {number} data sets, {names}; open one of them, such as '{example}'.")


class SeveralSetsError(InputError):
    """Several data sets lie in one place; `choices` are their names below it, `paths` open them."""

    def __init__(self, place: str, choices: Sequence[str]) -> None:
        self.choices = tuple(choices)
        self.paths = tuple(f"{place.rstrip('/')}/{choice}" for choice in choices)
        named = [f"'{choice}'" for choice in choices[:SAID]]
        more = [Message("{number} more", number=len(choices) - SAID)] if len(choices) > SAID else []
        super().__init__(
            SEVERAL, place=place, number=len(choices), names=Later(enumerated, [*named, *more]), example=self.paths[0]
        )


@dataclass(frozen=True)
class FoundSet:
    """Files that belong together: arrays by their roles, or tables by what they are for.

    `called` is its name below the place that was opened. A split '' is of files that are to be split. `rivals` are two
    files with an equal claim on one role.
    """

    called: str
    arrays: dict[Role, Entry] = field(default_factory=dict)
    tables: dict[str, Entry] = field(default_factory=dict)
    rivals: tuple[Entry, Entry] | None = None

    @property
    def entries(self) -> list[Entry]:
        """All its files."""
        return [*self.arrays.values(), *self.tables.values()]

    @property
    def rank(self) -> tuple[int, bool, bool]:
        """What it comes after: the flattest first, arrays before tables, those with test images before others."""
        depth = min(len(entry.parts) for entry in self.entries)
        return depth, bool(self.tables), TRAINING not in {*self.tables, *(role.split for role in self.arrays)}


def is_table(name: str) -> bool:
    """Whether a file of this name is a table of numbers as text."""
    return name.lower().removesuffix(".gz").endswith(TABLES)


def find_sets(entries: Iterable[Entry]) -> list[FoundSet]:
    """The data sets among files, complete or not."""
    arrays: dict[tuple[str, ...], dict[Role, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    tables: dict[tuple[str, ...], dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for entry in entries:
        words, name = path_words(entry.parts), entry.name.lower().removesuffix(".gz")
        if words.split == VALIDATION or name.endswith(OTHER_KINDS):
            continue
        group = (*words.folder, words.stem)
        if words.kind in (IMAGES, LABELS):
            arrays[group][Role(words.split, words.kind)].append(entry)
        elif is_table(entry.name) and not any(word in name for word in NO_TABLE_WORDS):
            tables[group][words.split].append(entry)
    found = [_found(group, arrays=parts) for group, parts in arrays.items()]
    return found + [_found(group, tables=parts) for group, parts in tables.items()]


def _found(
    group: tuple[str, ...],
    arrays: Mapping[Role, list[Entry]] | None = None,
    tables: Mapping[str, list[Entry]] | None = None,
) -> FoundSet:
    of_arrays = {role: _by_claim(entries) for role, entries in (arrays or {}).items()}
    of_tables = {split: _by_claim(entries) for split, entries in (tables or {}).items()}
    called = "/".join(part for part in group if part)
    rivals = [entries for entries in (*of_arrays.values(), *of_tables.values()) if _equal_claims(entries)]
    return FoundSet(
        called,
        {role: entries[0] for role, entries in of_arrays.items()},
        {split: entries[0] for split, entries in of_tables.items()},
        (rivals[0][0], rivals[0][1]) if rivals else None,
    )


def _by_claim(entries: list[Entry]) -> list[Entry]:
    """The flattest first; of a file and the same one packed the plain one alone."""
    plain = {entry.path for entry in entries}
    left = [entry for entry in entries if not (_is_packed(entry) and entry.path[: -len(".gz")] in plain)]
    return sorted(left, key=lambda entry: (len(entry.parts), entry.parts))


def _is_packed(entry: Entry) -> bool:
    return entry.name.lower().endswith(".gz")


def _equal_claims(entries: list[Entry]) -> bool:
    return len(entries) > 1 and len(entries[0].parts) == len(entries[1].parts)


def missing_roles(found: FoundSet) -> list[Role]:
    """The roles that nothing has in a data set of arrays; none where it can be split or is complete."""
    if found.tables:
        return [] if {TRAINING, ""} & set(found.tables) else [Role(TRAINING, IMAGES)]
    splits = {role.split for role in found.arrays}
    if splits == {""}:
        return [Role("", kind) for kind in (IMAGES, LABELS) if Role("", kind) not in found.arrays]
    wanted = ROLES if TEST in splits else [role for role in ROLES if role.split == TRAINING]
    return [role for role in wanted if role not in found.arrays]


def chosen_set(sets: Sequence[FoundSet], place: str, wanted: str = "") -> FoundSet | None:
    """The data set that is meant: the one `wanted` names, or else the only complete one of the flattest.

    None if there is none; raises SeveralSetsError for several, InputError for one that lacks a file.
    """
    if wanted:
        sets = [found for found in sets if _answers_to(found, wanted)]
    whole = sorted((found for found in sets if not missing_roles(found)), key=lambda found: found.rank)
    if not whole:
        if sets:
            raise _incomplete(min(sets, key=lambda found: (len(missing_roles(found)), found.rank)), place)
        return None
    best = [found for found in whole if found.rank == whole[0].rank]
    if len(best) > 1:
        raise SeveralSetsError(place, sorted(found.called or found.entries[0].path for found in best))
    return _decided(best[0], place)


def _answers_to(found: FoundSet, wanted: str) -> bool:
    names = [found.called, *(entry.path for entry in found.entries)]
    return any(name.lower() == wanted.lower() or name.lower().endswith(f"/{wanted.lower()}") for name in names)


def _decided(found: FoundSet, place: str) -> FoundSet:
    if found.rivals:
        one, other = (entry.path for entry in found.rivals)
        raise InputError(
            "In '{place}' both {one} and {other} can be meant; keep one data set's own files alone in a folder.",
            place=place,
            one=one,
            other=other,
        )
    return found


def _incomplete(found: FoundSet, place: str) -> InputError:
    if found.tables:
        name = found.entries[0].path
        return InputError(
            "In '{place}' there is {file}, but no table of training images beside it.", place=place, file=name
        )
    lacking = missing_roles(found)
    figures = {
        "place": place,
        "wanted": Later(enumerated, [Message(str(role).strip()) for role in lacking]),
        "there": Later(enumerated, [entry.name for entry in found.entries[:SAID]]),
    }
    if lacking[0] not in PUBLISHED:
        return InputError("In '{place}' there is no file with {wanted} beside {there}.", **figures)
    return InputError(
        "In '{place}' there is no file with {wanted} beside {there}, such as {name} or {name}.gz.",
        name=PUBLISHED[lacking[0]],
        **figures,
    )
