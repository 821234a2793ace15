"""The autosave thread: it saves runs, so that neither training nor the window ever waits for a disk."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Condition, Thread
from typing import Any

from model.base.errors import InputError
from model.base.language import tr
from model.history.run_log import RunLog
from model.history.run_summary import RunListing
from model.library.budget_enforcer import BudgetEnforcer
from model.library.connection import UnsavedError
from model.library.library import Library

SAVE_SECONDS = 0.5  # between two rounds, so that a program that is killed loses less than a second of a run


@dataclass
class _Tracked:
    listing: RunListing
    run_log: RunLog
    saved: int | None = None  # the run log's version when it was saved last

    @property
    def is_saved(self) -> bool:
        return self.saved == self.run_log.version

    def save(self, library: Library) -> None:
        if self.saved is None:
            library.add(self.listing)
        version = self.run_log.version  # what comes while it is being saved may or may not be
        library.save(self.listing.id, self.run_log)
        self.saved = version


@dataclass(frozen=True)
class _Job:
    action: Callable[[Library], Any]
    then: Callable[[Any], None] | None = None


class Autosaver:
    """The thread that owns the library at `path`; if that cannot be opened, a library in memory.

    `tell` is called with one sentence per problem. `tell`, `action` and `then` are called in this thread; every method
    may be called from any thread and, except `close`, returns at once.
    """

    def __init__(self, path: Path | None, tell: Callable[[str], None]) -> None:
        self._path = path
        self._tell = tell
        self.enforcer = BudgetEnforcer(tell)
        self._wake = Condition()
        self._closing = False
        self._jobs: deque[_Job] = deque()
        self._new: list[_Tracked] = []
        self._tracked: list[_Tracked] = []
        self._waiting: list[_Job] = []  # changes that could not be written, to be tried again
        self._failing = False
        self._blocked = False  # a write has failed in this round: do not wait for the disk once per run
        self._thread = Thread(target=self._run, name="library")
        self._thread.start()

    def track(self, listing: RunListing, run_log: RunLog) -> None:
        """Add a run to the library and save it at least once a second until it has ended."""
        with self._wake:
            self._new.append(_Tracked(listing, run_log))
            self._wake.notify()

    def post(self, action: Callable[[Library], object]) -> None:
        """Queue a change of the library; on UnsavedError it is tried again in the next round."""
        self._put(_Job(action))

    def ask(self, action: Callable[[Library], Any], then: Callable[[Any], None]) -> None:
        """Queue `action` behind all earlier jobs, then call `then` with its result.

        If `action` raises, `tell` gets the message and `then` is not called.
        """
        self._put(_Job(action, then))

    def _put(self, job: _Job) -> None:
        with self._wake:
            self._jobs.append(job)
            self._wake.notify()

    def close(self) -> None:
        """Save everything a last time, then stop and join the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join()

    def _run(self) -> None:
        self._library = self._open()
        try:
            while self._work():
                pass
        finally:
            self._library.close()

    def _open(self) -> Library:
        if self._path is None:
            return Library.in_memory()
        try:
            return Library.open(self._path)
        except Exception as error:
            self._tell(tr("Runs are kept only until the program ends. {error}", error=_sentence(error)))
            return Library.in_memory()

    def _verify(self) -> None:
        """Read the whole file before the first write to it; go on in memory if it is damaged."""
        try:
            self._library.verify()
        except Exception as error:
            self._tell(tr("Runs are kept only until the program ends. {error}", error=_sentence(error)))
            self._library.close()
            self._library = Library.in_memory(instead=True)

    def _work(self) -> bool:
        """One round: save the tracked runs, then do the queued jobs; False after the last round.

        What is asked before there is anything to write, such as the list, waits for no verification of the file.
        """
        with self._wake:
            if not (self._closing or self._jobs or self._new):
                self._wake.wait(SAVE_SECONDS if self._tracked or self._waiting or self.enforcer.unfinished else None)
            closing, new, jobs = self._closing, self._new, self._jobs
            self._new, self._jobs = [], deque()
        self._tracked += new
        if not self._library.verified and (self._tracked or any(not job.then for job in jobs)):
            self._verify()
        library = self._library
        self._blocked = False
        saved = [self._save(library, each) for each in self._tracked]
        self._tracked = [each for each in self._tracked if not (each.run_log.ended and each.is_saved)]
        jobs.extendleft(reversed(self._waiting))
        self._waiting = []
        for job in jobs:
            self._do(library, job)
        for note in library.notes:
            self._tell(note)
        library.notes.clear()
        self._failing = bool(self._waiting) or not all(saved)
        if not (closing or self._failing):
            self.enforcer.keep(library, [each.listing.id for each in self._tracked])
        if library.doubtful and not library.verified:
            self._verify()
        return not closing

    def _save(self, library: Library, each: _Tracked) -> bool:
        """Save a run; False if that failed and has to be tried again."""
        try:
            if not (each.is_saved or self._blocked):
                each.save(library)
                return True  # as it was; newer records are for the next round
        except Exception as error:  # a mistake with one run must not end the saving of the others
            self._fail(error)
        return each.is_saved

    def _do(self, library: Library, job: _Job) -> None:
        if self._blocked and not job.then:
            self._waiting.append(job)  # it may rest on what could not be written before it
            return
        try:
            result = job.action(library)
            if job.then:
                job.then(result)
        except UnsavedError as error:
            if job.then:
                self._tell(str(error))
            else:
                self._waiting.append(job)
                self._fail(error)
        except Exception as error:
            self._tell(_sentence(error))

    def _fail(self, error: Exception) -> None:
        """Report that saving fails: once, until it has succeeded again."""
        if not self._failing:
            goes_on = tr("{error} Runs go on in memory, and are saved as soon as they can be.", error=_sentence(error))
            self._tell(goes_on)
        self._failing = True
        self._blocked = self._blocked or isinstance(error, UnsavedError)


def _sentence(error: Exception) -> str:
    if isinstance(error, InputError):
        return str(error)
    return tr("The library has met a mistake of the program: {error}.", error=repr(error))
