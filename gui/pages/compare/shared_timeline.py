"""One timeline for several runs."""

from collections.abc import Sequence

from gui.pages.timeline_bar import TimelineBar
from model.history.run_log import RunLog


class SharedTimeline(TimelineBar):
    """The moments of all runs in one line: at each, every run shows its last moment until then."""

    def __init__(self) -> None:
        self.run_logs: Sequence[RunLog] = ()
        self.versions: list[int] = []
        self.found: tuple[list[int], int] = [], 0
        super().__init__()

    def show_run_logs(self, run_logs: Sequence[RunLog], iterations: int, at: int | None) -> None:
        """Go over the moments of these from now on; the longest run takes so many iterations."""
        self.run_logs, self.total, self.versions = run_logs, iterations, []
        self.refresh(at)

    def kept(self) -> tuple[list[int], int]:
        """The moments that any of the runs keeps, and the iteration that the furthest has reached."""
        versions = [run_log.version for run_log in self.run_logs]
        if versions != self.versions:
            self.versions = versions
            moments: set[int] = set()
            reached = 0
            for run_log in self.run_logs:
                with run_log.lock:
                    moments.update(run_log.history.timeline.iterations())
                    reached = max(reached, run_log.iteration)
            self.found = sorted(moments), reached
        return self.found
