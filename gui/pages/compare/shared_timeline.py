"""Timeline shared by several runs."""

from collections.abc import Sequence

from gui.pages.timeline_bar import TimelineBar
from model.history.run_log import RunLog


class SharedTimeline(TimelineBar):
    """The union of all runs' moments; at each, a run shows its last moment up to it."""

    def __init__(self) -> None:
        self.run_logs: Sequence[RunLog] = ()
        self.versions: list[int] = []
        self.found: tuple[list[int], int] = [], 0
        super().__init__()

    def show_run_logs(self, run_logs: Sequence[RunLog], iterations: int, at: int | None) -> None:
        """Use these runs' moments; `iterations` is the longest run's total."""
        self.run_logs, self.total, self.versions = run_logs, iterations, []
        self.refresh(at)

    def kept(self) -> tuple[list[int], int]:
        """All moments, sorted, and the furthest iteration reached; cached until a run log changes."""
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
