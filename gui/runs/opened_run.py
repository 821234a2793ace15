"""A logbook from a file or another process, as the run on the screen has it."""

from gui.runs.training_thread import Mailbox
from model.history.run_log import Logbook


def mailbox_of(logbook: Logbook) -> Mailbox:
    """The logbook itself if it is a mailbox; otherwise a mailbox with all that is in it, which must have ended."""
    if isinstance(logbook, Mailbox):
        return logbook
    made = Mailbox()
    fill(made, logbook)
    return made


def fill(mailbox: Mailbox, logbook: Logbook) -> None:
    """Let a mailbox have all that is in a logbook, and nothing else."""
    timeline, kept = logbook.history.timeline, logbook.history.weights.kept
    with mailbox.lock:
        mailbox.history, mailbox.verdicts, mailbox.changes = logbook.history, logbook.verdicts, logbook.changes
        mailbox.iteration, mailbox.ended = logbook.iteration, logbook.ended
        mailbox.start = timeline.pictures[0] if timeline.pictures else None
        mailbox.shown = timeline.pictured_at(float("inf"))
        mailbox.weights = kept[-1] if kept else None
        mailbox.version += 1
