"""Keeps a library within its budget while it is open: a step between two savings, so that nothing waits for it."""

from collections.abc import Callable, Collection

from model.base.errors import InputError
from model.base.language import tr, tr_count
from model.base.number_format import file_size
from model.library.library import Library


class BudgetEnforcer:
    """Frees what goes without being asked about; `open_ids` are runs whose weights are in use, set from any thread.

    `tell` gets a sentence when it is done, and once that nothing more goes. It is `unfinished` between two steps.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.open_ids: frozenset[str] = frozenset()
        self.unfinished = False
        self._tell = tell
        self._freed = 0  # runs, not told yet
        self._given_up = False
        self._in_vain: frozenset[str] | None = None  # the runs in use when nothing more could go

    def keep(self, library: Library, tracked: Collection[str]) -> None:
        """Take a step if the library is larger than its budget; the weights of `tracked` runs are in use too.

        Raises nothing: saving goes on whatever comes of this.
        """
        if library.path is None or not library.verified or self._given_up:
            return
        try:
            self._step(library, tracked)
        except InputError:  # a disk that is full, a file that is locked: what is saved next tells it
            self.unfinished = False
        except Exception as error:
            self.unfinished, self._given_up = False, True
            self._tell(
                tr(
                    "Keeping the library within its budget has met a mistake of the program: {error}. It goes on "
                    "without.",
                    error=repr(error),
                )
            )

    def _step(self, library: Library, tracked: Collection[str]) -> None:
        if not (self.unfinished or library.too_large()):
            self._in_vain = None
            return
        in_use = self.open_ids | frozenset(tracked)
        if in_use == self._in_vain:
            return
        made = library.make_room(open_ids=in_use)
        self._freed += made.runs
        self.unfinished = not made.done
        if made.done:
            self._report(library, in_use)

    def _report(self, library: Library, in_use: frozenset[str]) -> None:
        size = library.size(in_use)
        budget = file_size(size.budget)
        if self._freed:
            self._tell(_freed(self._freed, budget))
        self._freed = 0
        told = self._in_vain is not None
        self._in_vain = in_use if size.over(size.budget) else None
        if self._in_vain is not None and not told:
            self._tell(_too_large(budget))


def _freed(runs: int, budget: str) -> str:
    return tr_count(
        "The library has reached its budget of {budget}: the weights of its oldest run went. Its curves and records "
        "stay.",
        "The library has reached its budget of {budget}: the weights of its {n} oldest runs went. Their curves and "
        "records stay.",
        runs,
        budget=budget,
    )


def _too_large(budget: str) -> str:
    return tr(
        "The library is larger than its budget of {budget}, and no more goes by itself: its runs are named, shown, "
        "unfinished or branched off. Runs > Library … shows what can.",
        budget=budget,
    )
