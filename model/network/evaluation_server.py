"""What runs in an evaluation process: it evaluates the states that it finds in shared memory."""

from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.shared_memory import SharedMemory
from typing import NamedTuple

import numpy as np

from model.base.arithmetic import single_threaded
from model.base.arrays import Array
from model.base.owned_process import leave_ending_to_owner
from model.config.config import Config
from model.data.evaluation_chunks import TestSet
from model.data.pixel_scaling import PixelScaling
from model.network.evaluator import Evaluator, Examiner
from model.network.network import Network

READY = "ready"


class NetworkShape(NamedTuple):
    """What a network is made from."""

    config: Config
    inputs: int
    classes: int
    scaling: PixelScaling

    @classmethod
    def of(cls, network: Network) -> "NetworkShape":
        """The shape of this network."""
        return cls(network.config, network.inputs, network.classes, network.scaling)

    def network(self) -> Network:
        """A network of this shape."""
        return Network(*self)


class BeginRun(NamedTuple):
    """Evaluate networks of this shape from now on, whose states lie one after the other in `memory`."""

    shape: NetworkShape
    memory: str


def size_of(state: Sequence[Array]) -> int:
    """Bytes of the states that are evaluated at the same time."""
    return Evaluator.COPIES * sum(array.nbytes for array in state)


def states_in(memory: SharedMemory, like: Sequence[Array]) -> list[list[Array]]:
    """The states in `memory`, as views of it with the shapes and types of `like`."""
    states, offset = [], 0
    for _ in range(Evaluator.COPIES):
        state = []
        for array in like:
            state.append(np.ndarray(array.shape, array.dtype, memory.buf, offset))
            offset += array.nbytes
        states.append(state)
    return states


def serve(connection: Connection) -> None:
    """Evaluate what is asked for until the pipe is closed, which also happens when the other process dies."""
    leave_ending_to_owner()
    single_threaded()
    test_set: TestSet | None = None
    run: _Examination | None = None
    try:
        connection.send(READY)
        while True:
            match connection.recv():
                case TestSet() as test_set:
                    pass
                case BeginRun() as begin:
                    assert test_set
                    if run:
                        run.end()
                    run = _Examination(begin, test_set)
                case int(place):
                    assert run
                    connection.send(run.accuracy(place))
    except (EOFError, OSError):
        return


class _Examination:
    """The evaluation of one run's states."""

    def __init__(self, begin: BeginRun, test_set: TestSet) -> None:
        self.network = begin.shape.network()
        self.memory = SharedMemory(begin.memory)
        self.states = states_in(self.memory, self.network.state)
        self.examiner = Examiner(self.network, test_set)

    def accuracy(self, place: int) -> float:
        self.network.take(self.states[place])
        return self.examiner.accuracy(self.network)

    def end(self) -> None:
        self.states.clear()
        self.memory.close()
