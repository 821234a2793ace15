"""Test accuracies from a process where there is one, from a thread until it is ready and when it has died."""

from collections import deque
from enum import Enum
from functools import cached_property

from model.data.evaluation_chunks import TestSet
from model.network.evaluation_process import EvaluationClaim, EvaluationProcess
from model.network.evaluator import Evaluator, Examiner
from model.network.network import Network


class EvaluatedBy(Enum):
    """Who computes an accuracy that is not known yet."""

    PROCESS = "process"
    THREAD = "thread"


class ProcessEvaluator(Evaluator):
    """Evaluates copies of one network in `process`, or as Evaluator does; the accuracies are the same to the bit.

    A request that a process which is `helped` has no place for is computed by whoever makes it: with a network whose
    evaluation takes longer than its training between two records, both cores compute.
    """

    def __init__(self, network: Network, test_set: TestSet, process: EvaluationProcess) -> None:
        super().__init__(network, test_set)
        self.process = process
        self.claim: EvaluationClaim | None = None
        self._requests = deque[float | EvaluatedBy]()  # the oldest first; its accuracy where it is known

    @cached_property
    def own_examiner(self) -> Examiner:
        """Memory for evaluation by whoever asks for it, apart from the thread's."""
        return Examiner(self.network, self.test_set)

    @property
    def full(self) -> bool:
        """Whether a result must be collected before the next request."""
        return not self.process.helped and self.claim.full if self.claim else super().full

    def submit(self, network: Network) -> None:
        """Request the test accuracy of a copy of `network`; raises IndexError when `full`."""
        if self.full:
            raise IndexError("A result must be collected first.")
        if self.claim is None:
            self.claim = self.process.claim(network, self.test_set)
        elif self.claim.full:
            self._receive(self.claim, wait=False)
        if self.claim and not self.claim.full:
            self._requests.append(EvaluatedBy.PROCESS)
            self._send(self.claim, network)
        elif self.claim or super().full:
            self._requests.append(self.own_examiner.accuracy(network))
        else:
            self._requests.append(EvaluatedBy.THREAD)
            super().submit(network)

    def result(self, *, wait: bool) -> float | None:
        """Return the oldest accuracy requested (0..1); None if there is none, or none ready and `wait` is False."""
        if not self._requests:
            return None
        if self._requests[0] is EvaluatedBy.PROCESS and self.claim:
            self._receive(self.claim, wait=wait)
        oldest = self._requests[0]
        accuracy = super().result(wait=wait) if oldest is EvaluatedBy.THREAD else oldest
        if accuracy is None or isinstance(accuracy, EvaluatedBy):
            return None
        self._requests.popleft()
        return accuracy

    def close(self) -> None:
        """Give the process free for other runs, cancel requests not yet started and join the thread."""
        if self.claim:
            self.claim.release()
            self.claim = None
        super().close()

    def _send(self, claim: EvaluationClaim, network: Network) -> None:
        try:
            claim.submit(network.state)
        except OSError:
            self._take_over(claim)

    def _receive(self, claim: EvaluationClaim, *, wait: bool) -> None:
        """Keep the oldest accuracy that the process has computed, if there is one."""
        try:
            accuracy = claim.result(wait=wait)
        except (OSError, EOFError):
            self._take_over(claim)
            return
        if accuracy is not None:
            self._keep(accuracy)

    def _keep(self, accuracy: float) -> None:
        self._requests[self._requests.index(EvaluatedBy.PROCESS)] = accuracy

    def _take_over(self, claim: EvaluationClaim) -> None:
        """Evaluate here what a dead process has left."""
        copy = self.network.sibling()
        for state in claim.waiting:
            copy.take(state)
            self._keep(self.own_examiner.accuracy(copy))
        claim.release()
        self.claim = None


def evaluator_of(network: Network, test_set: TestSet, process: EvaluationProcess | None) -> Evaluator:
    """The evaluator of `network`: in `process` where there is one, else in a thread."""
    if process is None:
        return Evaluator(network, test_set)
    return ProcessEvaluator(network, test_set, process)
