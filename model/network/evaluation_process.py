"""A process that evaluates networks beside this one, without its interpreter lock.

In a thread each return from NumPy waits for the lock, and so do those of the training: both lose by it. The weights
lie in memory that both processes share, so that a request is a copy and a number.
"""

import os
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from threading import Lock
from typing import Self

import numpy as np

from model.base.arrays import Array
from model.base.owned_process import ending_held_back
from model.base.processors import keep_off, present_core, usable_cores
from model.data.evaluation_chunks import TestSet
from model.network.evaluation_server import READY, BeginRun, NetworkShape, serve, size_of, states_in
from model.network.evaluator import Evaluator
from model.network.network import Network

KILL_AFTER_SECONDS = 2.0
# Larger networks spend their time in products, which need no lock; and writing to shared memory that the system has no
# room for ends the program.
MOST_SHARED_BYTES = 16 << 20
SHARED_MEMORY = Path("/dev/shm")


class EvaluationProcess:
    """A process for the evaluation of one run at a time, from `start` on; `close` it or use `with`, which starts it.

    Where it is `helped`, an accuracy that it has no place for is computed by whoever asks for it. That pays where both
    have a core of their own all the time, and not beside a window, whose drawing needs what is left of one.
    """

    def __init__(self, *, helped: bool = False) -> None:
        self.helped = helped
        self._connection, self._child_end = get_context("spawn").Pipe()
        self._process: SpawnProcess | None = None
        self._in_use = Lock()
        self._responded = False
        self._test_set: TestSet | None = None

    def start(self) -> None:
        """Start the process, where there is a core for it and the system lets it start."""
        if self._process or self._connection.closed or usable_cores() == 1:
            return
        process = get_context("spawn").Process(target=serve, args=(self._child_end,), name="evaluation", daemon=True)
        with suppress(OSError), ending_held_back():
            process.start()
            self._process = process
        self._child_end.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self.close()

    def claim(self, network: Network, test_set: TestSet) -> "EvaluationClaim | None":
        """Use the process for a run until the claim is released; None while it is not ready, in use or dead.

        None too for a network that is too large to be shared. Returns at once.
        """
        if not _has_room(size_of(network.state)) or not self._in_use.acquire(blocking=False):
            return None
        try:
            if self.ready:
                if test_set is not self._test_set:
                    self._connection.send(test_set)
                    self._test_set = test_set
                return EvaluationClaim(self._connection, self._in_use, network, self._pid)
        except OSError:
            self._responded = False
        self._in_use.release()
        return None

    @property
    def ready(self) -> bool:
        """Whether the process has been started and has told that it can evaluate."""
        if not self._responded and self._process and self._process.is_alive() and self._connection.poll():
            self._responded = self._connection.recv() == READY
        return self._responded

    @property
    def _pid(self) -> int | None:
        return self._process.pid if self._process else None

    def close(self) -> None:
        """End the process and wait for it; kills it after 2 s."""
        self._connection.close()
        self._child_end.close()
        if self._process:
            self._process.join(KILL_AFTER_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
            self._process = None


class EvaluationClaim:
    """The use of an EvaluationProcess by one run: requests are answered in their order; `release` it at the end.

    Its methods raise OSError or EOFError when the process has died; `waiting` then still holds the states that were not
    evaluated, the oldest first.
    """

    def __init__(self, connection: Connection, in_use: Lock, network: Network, process: int | None) -> None:
        self._connection, self._in_use, self._process = connection, in_use, process
        self._core: int | None = None
        state = network.state
        self._memory = SharedMemory(create=True, size=size_of(state))
        self._states = states_in(self._memory, state)
        self._free, self._open = deque(range(Evaluator.COPIES)), deque[int]()
        try:
            connection.send(BeginRun(NetworkShape.of(network), self._memory.name))
        except OSError:
            self._give_memory_back()
            raise

    @property
    def full(self) -> bool:
        """Whether a result must be received before the next request."""
        return not self._free

    @property
    def waiting(self) -> list[list[Array]]:
        """The states of these requests."""
        return [self._states[place] for place in self._open]

    def submit(self, state: Sequence[Array]) -> None:
        """Request the accuracy of a network in this state, which is copied."""
        place = self._free.popleft()
        for mine, theirs in zip(self._states[place], state, strict=True):
            np.copyto(mine, theirs)
        self._open.append(place)
        self._keep_apart()
        self._connection.send(place)

    def _keep_apart(self) -> None:
        # Linux wakes whoever is sent something on the sender's core, and leaves both on it for a whole run.
        core = present_core()
        if core is not None and core != self._core and self._process:
            self._core = core
            keep_off(core, self._process)

    def result(self, *, wait: bool) -> float | None:
        """The oldest accuracy requested; None if nothing is open, or there is none yet and `wait` is False."""
        if not self._open or not (wait or self._connection.poll()):
            return None
        accuracy = float(self._connection.recv())
        self._free.append(self._open.popleft())
        return accuracy

    def release(self) -> None:
        """Wait for what is still open and let other runs have the process."""
        try:
            while self._open:
                self.result(wait=True)
        except (OSError, EOFError):
            pass
        self._give_memory_back()
        self._in_use.release()

    def _give_memory_back(self) -> None:
        self._states.clear()
        self._memory.close()
        self._memory.unlink()


def _has_room(size: int) -> bool:
    """Whether so many bytes may be shared here."""
    if size > MOST_SHARED_BYTES:
        return False
    try:
        system = os.statvfs(SHARED_MEMORY)
    except (OSError, AttributeError):  # a system that has its shared memory elsewhere
        return True
    return 2 * size < system.f_bavail * system.f_frsize
