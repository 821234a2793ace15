"""A logbook from a file or another process, as the run on the screen has it."""

from gui.training import Mailbox
from model.logbook import Logbook


def mailbox_of(logbook: Logbook) -> Mailbox:
    """The logbook itself if it is a mailbox; otherwise a mailbox with all that is in it, which must have ended."""
    if isinstance(logbook, Mailbox):
        return logbook
    made = Mailbox()
    made.history, made.verdicts, made.changes = logbook.history, logbook.verdicts, logbook.changes
    made.iteration, made.ended, made.version = logbook.iteration, logbook.ended, logbook.version
    timeline = logbook.history.timeline
    made.start = timeline.pictures[0] if timeline.pictures else None
    made.shown = timeline.pictured_at(float("inf"))
    kept = logbook.history.weights.kept
    made.weights = kept[-1] if kept else None
    return made
