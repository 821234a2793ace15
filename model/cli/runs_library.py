"""The task `runs library`: what the library takes on the disk, its budget, and freeing what is too much."""

import json
from dataclasses import asdict, dataclass

from model.base.console import Progress, say
from model.base.errors import InputError
from model.base.number_format import THIN, file_size
from model.base.params import param
from model.cli.run_lookup import opened_library
from model.cli.runs_tasks import OfRuns
from model.library.budget import LibrarySize, goal_of
from model.library.library import Library
from model.library.size_sentences import budget_text, consequences, rows

GIGABYTE = 1_000_000_000
MOST_GIGABYTES = 100_000.0
FREED = "Freed {bytes}: {packed} runs packed without a loss, {runs} without their weights now."


class FreeingProgress(Progress):
    """Progress of freeing, in bytes."""

    def text(self, done: int, seconds: float) -> str:
        return _plain(f"{file_size(done)} of {file_size(self.total)} freed")


def parse_budget(value: object) -> float | None:
    """Parse a budget in gigabytes; raises InputError."""
    try:
        found = None if value is None else float(str(value))
    except ValueError:
        found = -1.0
    if found is None or 0 <= found <= MOST_GIGABYTES:
        return found
    raise InputError(f"--budget takes gigabytes from 0, for no limit, to {MOST_GIGABYTES:,.0f}, not '{value}'.")


@dataclass(frozen=True)
class MeasureLibrary(OfRuns):
    """Print what the library takes; with `free` bring it down to its budget."""

    budget: float | None = param(
        None, "Budget", "Sets what the library may take, in gigabytes; 0 is no limit.", reads=parse_budget
    )
    free: bool = param(False, "Free", "Frees what is more than the budget, as the text says without it.")
    json: bool = param(False, "JSON", "Prints one JSON object.")

    def run(self) -> int:
        """Set the budget, free, and print, each if it is asked for; raises InputError."""
        with opened_library(self.library) as library:
            if self.budget is not None:
                library.set_budget(round(self.budget * GIGABYTE))
            freed = _freed(library) if self.free else ""
            size = library.size()
            say(_as_json(size) if self.json else "\n".join(filter(None, (_told(library, size), freed))))
        return 0


def _freed(library: Library) -> str:
    if not library.too_large():
        return ""
    size = library.size()
    progress = FreeingProgress(size.freeing(size.budget).bytes)
    total = runs = packed = 0
    done = False
    while not done:
        made = library.make_room(claimed=True)
        total, runs, packed, done = total + made.freed, runs + made.runs, packed + made.packed, made.done
        progress.show(total)
    progress.clear()
    return _plain(FREED.format(bytes=file_size(total), packed=f"{packed:,}", runs=f"{runs:,}"))


def _told(library: Library, size: LibrarySize) -> str:
    figures = [*rows(size), ("Budget", budget_text(size.budget))]
    lines = [f"  {word.lower():<8}{figure}" for word, figure in figures]
    return _plain("\n".join([str(library.path), *lines, "", *consequences(size, size.budget)]))


def _plain(text: str) -> str:
    return text.replace(THIN, " ")


def _as_json(size: LibrarySize) -> str:
    weights = {"weight_bytes": size.weight_bytes, "runs_with_weights": len(size.weights)}
    figures = {"bytes": size.bytes, "runs": size.runs, "deleted": size.deleted, "budget": size.budget}
    goal = goal_of(size.budget) if size.over(size.budget) else None
    return json.dumps({**figures, **weights, "freeing": asdict(size.freeing(size.budget)), "goal": goal})
