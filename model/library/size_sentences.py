"""What a library takes and what a budget would free, in sentences that window and command line share."""

from collections.abc import Iterator

from model.base.language import message, tr, tr_count, tr_in
from model.base.number_format import count, file_size
from model.library.budget import UNLIMITED, LibrarySize

NO_LIMIT = message("no limit")


def rows(size: LibrarySize) -> list[tuple[str, str]]:
    """What it takes: a word and a figure for each part."""
    runs, deleted = count(size.runs), count(size.deleted)
    if size.deleted:
        runs = tr("{runs}, and {deleted} deleted within the last day", runs=runs, deleted=deleted)
    kept = file_size(size.weight_bytes)
    weights = tr_count("{bytes}, of {n} run", "{bytes}, of {n} runs", len(size.weights), bytes=kept)
    return [(tr("Size"), file_size(size.bytes)), (tr_in("library", "Runs"), runs), (tr("Weights"), weights)]


def budget_text(budget: int) -> str:
    """A budget as a figure: 2 GB, or that there is none."""
    return tr(NO_LIMIT) if budget == UNLIMITED else file_size(budget)


def consequences(size: LibrarySize, budget: int) -> Iterator[str]:
    """A sentence for each thing that would be done to keep to a budget."""
    if budget == UNLIMITED:
        yield tr("Without a budget nothing is freed.")
        return
    if not size.over(budget):
        yield tr("The library is within this budget: nothing needs to be freed.")
        return
    freeing = size.freeing(budget)
    if freeing.packed:
        yield tr("Weights that an earlier version has stored are packed first, which loses nothing.")
    if freeing.runs:
        yield tr_count(
            "To free {bytes}, the weights of the oldest run go.",
            "To free {bytes}, the weights of the {n} oldest runs go.",
            freeing.runs,
            bytes=file_size(freeing.bytes - freeing.packed),
        )
        yield tr("Curves, records and verdicts stay, and a run without weights can be trained again.")
    if freeing.claimed:
        yield tr(
            "Last of all go those that are named, shown, unfinished or branched off: {claimed} of them.",
            claimed=count(freeing.claimed),
        )
    if freeing.short:
        yield tr(
            "{bytes} more are curves and records, or weights of the run on the screen: deleting runs frees those, "
            "a day later.",
            bytes=file_size(freeing.short),
        )
