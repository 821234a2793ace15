"""One run of the list."""

from dataclasses import dataclass, replace

from model.config.recipe import Recipe
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, RunSummary, summarise


@dataclass(eq=False)
class RunEntry:
    """A run; `run log` is None while it lies in the library unread."""

    listing: RunListing
    run_log: RunLog | None = None
    stored: RunSummary | None = None  # what the library said of it last
    read: bool = False  # whether the run log came from the library, where others may go on with it
    _version: int = -1  # of the run log, when the summary was made

    @property
    def id(self) -> str:
        return self.listing.id

    @property
    def recipe(self) -> Recipe:
        """All that makes this run, with what was changed on its way so far."""
        recipe = self.listing.recipe
        made = [change for change in self.run_log.changes if change not in recipe.changes] if self.run_log else []
        return recipe.changed([*recipe.changes, *made]) if made else recipe

    @property
    def going(self) -> bool:
        """Whether more will come of it here."""
        return self.run_log is not None and not self.run_log.ended and not self.read

    @property
    def freed(self) -> bool:
        """Whether its weights went to make room in the library."""
        return self.listing.freed or (self.run_log is not None and self.run_log.history.weights.freed)

    @property
    def spare(self) -> bool:
        """Whether the library has all that is in the run log."""
        whole = self.stored is not None and self.stored.ended and self.stored.iteration == self.summary().iteration
        return self.read or whole

    def summary(self) -> RunSummary:
        """What there is to tell of it now; made anew only when its run log has changed."""
        if self.run_log and self.run_log.version != self._version:
            self._version = self.run_log.version
            self.listing = replace(self.listing, summary=summarise(self.run_log))
        return self.listing.summary

    def take(self, run_log: RunLog) -> None:
        """Keep what the library had of it."""
        self.run_log, self.read, self._version = run_log, True, -1

    def forget(self) -> None:
        """Let go of the run log."""
        self.summary()
        self.run_log, self.read = None, False

    def update(self, listing: RunListing) -> None:
        """Take over what the library says; a run log here knows better, unless another window has gone on with it."""
        self.stored = listing.summary
        if self.read and listing.summary.iteration > self.summary().iteration:
            self.forget()
        self.listing = replace(listing, summary=self.summary()) if self.run_log else listing
