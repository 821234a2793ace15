"""One run of the list."""

from dataclasses import dataclass, replace

from model.config.recipe import Recipe
from model.history.run_log import Logbook
from model.history.run_summary import Digest, RunCard, digest


@dataclass(eq=False)
class Entry:
    """A run; `logbook` is None while it lies in the library unread."""

    card: RunCard
    logbook: Logbook | None = None
    stored: Digest | None = None  # what the library said of it last
    read: bool = False  # whether the logbook came from the library, where others may go on with it
    _version: int = -1  # of the logbook, when the digest was made

    @property
    def id(self) -> str:
        return self.card.id

    @property
    def recipe(self) -> Recipe:
        """All that makes this run, with what was changed on its way so far."""
        recipe = self.card.recipe
        made = [change for change in self.logbook.changes if change not in recipe.changes] if self.logbook else []
        return recipe.changed([*recipe.changes, *made]) if made else recipe

    @property
    def going(self) -> bool:
        """Whether more will come of it here."""
        return self.logbook is not None and not self.logbook.ended and not self.read

    @property
    def spare(self) -> bool:
        """Whether the library has all that is in the logbook."""
        whole = self.stored is not None and self.stored.ended and self.stored.iteration == self.digest().iteration
        return self.read or whole

    def digest(self) -> Digest:
        """What there is to tell of it now; made anew only when its logbook has changed."""
        if self.logbook and self.logbook.version != self._version:
            self._version = self.logbook.version
            self.card = replace(self.card, digest=digest(self.logbook))
        return self.card.digest

    def take(self, logbook: Logbook) -> None:
        """Keep what the library had of it."""
        self.logbook, self.read, self._version = logbook, True, -1

    def forget(self) -> None:
        """Let go of the logbook."""
        self.digest()
        self.logbook, self.read = None, False

    def update(self, card: RunCard) -> None:
        """Take over what the library says; a logbook here knows better, unless another window has gone on with it."""
        self.stored = card.digest
        if self.read and card.digest.iteration > self.digest().iteration:
            self.forget()
        self.card = replace(card, digest=self.digest()) if self.logbook else card
