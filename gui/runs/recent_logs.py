"""Run logs that are in memory, and which of them can go."""

from gui.runs.run_entry import RunEntry
from gui.runs.viewed import Viewed

# Logs of hidden runs that stay in memory, so that showing them again takes no reading.
KEPT = 8


class RecentLogs:
    """The entries whose run log is here, the one wanted last at the end; `idle`: nobody looks at some of them now."""

    def __init__(self, viewed: Viewed) -> None:
        self.viewed = viewed
        self.idle = False
        self.entries: list[RunEntry] = []

    def use(self, entry: RunEntry) -> None:
        """Note that this run log is wanted now."""
        self.entries = [other for other in self.entries if other is not entry] + [entry]

    def forget(self) -> None:
        """Let go of the run logs that nobody looks at and that the library has to the last record, but for a few."""
        idle = [run for run in self.entries if run.run_log and not self._wanted(run)]
        for entry in (idle := idle[:-KEPT]):
            if entry.spare:
                entry.forget()
        self.entries = [entry for entry in self.entries if entry.run_log]
        self.idle = any(entry.run_log for entry in idle)

    def _wanted(self, entry: RunEntry) -> bool:
        return entry.listing.shown or entry.going or entry is self.viewed.entry
