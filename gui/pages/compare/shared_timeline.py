"""One timeline for several runs."""

from collections.abc import Sequence

from gui.pages.timeline_bar import TimelineBar
from model.history.run_log import Logbook


class SharedTimeline(TimelineBar):
    """The moments of all runs in one line: at each, every run shows its last moment until then."""

    def __init__(self) -> None:
        self.logbooks: Sequence[Logbook] = ()
        self.versions: list[int] = []
        self.found: tuple[list[int], int] = [], 0
        super().__init__()

    def show_logbooks(self, logbooks: Sequence[Logbook], iterations: int, at: int | None) -> None:
        """Go over the moments of these from now on; the longest run takes so many iterations."""
        self.logbooks, self.total, self.versions = logbooks, iterations, []
        self.refresh(at)

    def kept(self) -> tuple[list[int], int]:
        """The moments that any of the runs keeps, and the iteration that the furthest has reached."""
        versions = [logbook.version for logbook in self.logbooks]
        if versions != self.versions:
            self.versions = versions
            moments: set[int] = set()
            reached = 0
            for logbook in self.logbooks:
                with logbook.lock:
                    moments.update(logbook.history.timeline.iterations())
                    reached = max(reached, logbook.iteration)
            self.found = sorted(moments), reached
        return self.found
