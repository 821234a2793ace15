"""What a library takes and what a budget would free, in sentences that window and command line share."""

from collections.abc import Iterator

from model.base.number_format import count, file_size
from model.library.budget import UNLIMITED, LibrarySize

NO_LIMIT = "no limit"
RUNS = "{runs}"
RUNS_AND_DELETED = "{runs}, and {deleted} deleted within the last day"
WEIGHTS = "{bytes}, of {runs} runs"
UNBOUNDED = "Without a budget nothing is freed."
WITHIN = "The library is within this budget: nothing needs to be freed."
PACKS = "Weights that an earlier version has stored are packed first, which loses nothing."
ONE_GOES = "To free {bytes}, the weights of the oldest run go."
GO = "To free {bytes}, the weights of the {runs} oldest runs go."
STAY = "Curves, records and verdicts stay, and a run without weights can be trained again."
CLAIMED = "Last of all go those that are named, shown, unfinished or branched off: {claimed} of them."
SHORT = (
    "{bytes} more are curves and records, or weights of the run on the screen: deleting runs frees those, a day later."
)


def rows(size: LibrarySize) -> list[tuple[str, str]]:
    """What it takes: a word and a figure for each part."""
    runs, deleted = count(size.runs), count(size.deleted)
    return [
        ("Size", file_size(size.bytes)),
        ("Runs", RUNS_AND_DELETED.format(runs=runs, deleted=deleted) if size.deleted else RUNS.format(runs=runs)),
        ("Weights", WEIGHTS.format(bytes=file_size(size.weight_bytes), runs=count(len(size.weights)))),
    ]


def budget_text(budget: int) -> str:
    """A budget as a figure: 2 GB, or that there is none."""
    return NO_LIMIT if budget == UNLIMITED else file_size(budget)


def consequences(size: LibrarySize, budget: int) -> Iterator[str]:
    """A sentence for each thing that would be done to keep to a budget."""
    if budget == UNLIMITED:
        yield UNBOUNDED
        return
    if not size.over(budget):
        yield WITHIN
        return
    freeing = size.freeing(budget)
    if freeing.packed:
        yield PACKS
    if freeing.runs:
        template = ONE_GOES if freeing.runs == 1 else GO
        yield template.format(bytes=file_size(freeing.bytes - freeing.packed), runs=count(freeing.runs))
        yield STAY
    if freeing.claimed:
        yield CLAIMED.format(claimed=count(freeing.claimed))
    if freeing.short:
        yield SHORT.format(bytes=file_size(freeing.short))
