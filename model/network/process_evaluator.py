"""Test accuracies from a process where there is one, from a thread until it is ready and when it has died."""

from collections import deque

from model.data.evaluation_chunks import TestSet
from model.network.evaluation_process import EvaluationClaim, EvaluationProcess
from model.network.evaluator import Evaluator
from model.network.network import Network


class ProcessEvaluator(Evaluator):
    """Evaluates copies of one network in `process`, or as Evaluator does; the accuracies are the same to the bit."""

    def __init__(self, network: Network, test_set: TestSet, process: EvaluationProcess) -> None:
        super().__init__(network, test_set)
        self.process = process
        self.claim: EvaluationClaim | None = None
        self._late = deque[float]()  # accuracies that a dead process has left to be computed here

    @property
    def full(self) -> bool:
        """Whether a result must be collected before the next request."""
        return len(self.busy) + len(self._late) + (self.claim.open if self.claim else 0) >= self.COPIES

    def submit(self, network: Network) -> None:
        """Request the test accuracy of a copy of `network`; raises IndexError when `full`."""
        if self.full:
            raise IndexError("A result must be collected first.")
        if self.claim is None:
            self.claim = self.process.claim(network, self.test_set)
        if self.claim is None:
            super().submit(network)
            return
        try:
            self.claim.submit(network.state)
        except OSError:
            self._take_over(self.claim)

    def result(self, *, wait: bool) -> float | None:
        """Return the oldest accuracy requested (0..1); None if there is none, or none ready and `wait` is False."""
        if self._late:
            return self._late.popleft()
        if self.busy or self.claim is None:
            return super().result(wait=wait)
        if not self.claim.open:
            return None
        try:
            return self.claim.result(wait=wait)
        except (OSError, EOFError):
            self._take_over(self.claim)
            return self._late.popleft()

    def close(self) -> None:
        """Give the process free for other runs, cancel requests not yet started and join the thread."""
        if self.claim:
            self.claim.release()
            self.claim = None
        super().close()

    def _take_over(self, claim: EvaluationClaim) -> None:
        """Evaluate here what the process has left, after the older requests that the thread has."""
        while self.busy and (accuracy := super().result(wait=True)) is not None:
            self._late.append(accuracy)
        copy = self.network.sibling()
        for state in claim.waiting:
            copy.take(state)
            self._late.append(self.examiner.accuracy(copy))
        claim.release()
        self.claim = None


def evaluator_of(network: Network, test_set: TestSet, process: EvaluationProcess | None) -> Evaluator:
    """The evaluator of `network`: in `process` where there is one, else in a thread."""
    if process is None:
        return Evaluator(network, test_set)
    return ProcessEvaluator(network, test_set, process)
