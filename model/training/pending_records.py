"""Records from their measurement until they are collected, in order; tested ones wait for their accuracy."""

from collections import deque
from dataclasses import replace

from model.measurement.records import Record
from model.network.evaluator import Evaluator
from model.network.network import Network


class PendingRecords:
    """The records of one run that are not collected yet; nothing else may make requests of its `evaluator`."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._records = deque[tuple[Record, bool]]()
        self._accuracies = deque[float]()  # of the oldest tested records, which the evaluator had to give away

    @property
    def newest(self) -> Record | None:
        """The record measured last; None where all are collected."""
        return self._records[-1][0] if self._records else None

    def add(self, record: Record) -> None:
        """Append a record that gets no test accuracy."""
        self._records.append((record, False))

    def add_tested(self, record: Record, network: Network) -> None:
        """Append a record and request its accuracy with the present weights; waits for the oldest where it must."""
        self._records.append((record, True))
        while self._evaluator.full:
            self._keep_oldest()
        self._evaluator.submit(network)

    def collect(self, *, wait: bool) -> list[Record]:
        """Return the records that are complete, in order, and forget them; with `wait`, all."""
        found = []
        while self._records:
            record, tested = self._records[0]
            if tested:
                accuracy = self._accuracies.popleft() if self._accuracies else self._evaluator.result(wait=wait)
                if accuracy is None:
                    break
                record = replace(record, test_accuracy=accuracy)
            found.append(record)
            self._records.popleft()
        return found

    def accuracy_now(self, network: Network) -> float:
        """Return the test accuracy (0 to 1) of the present weights; waits for those requested before."""
        while self._keep_oldest():
            pass
        self._evaluator.submit(network)
        accuracy = self._evaluator.result(wait=True)
        assert accuracy is not None
        return accuracy

    def _keep_oldest(self) -> bool:
        """Wait for the oldest request and keep its accuracy; returns whether there was one."""
        accuracy = self._evaluator.result(wait=True)
        if accuracy is None:
            return False
        self._accuracies.append(accuracy)
        return True

    def close(self) -> None:
        """End the evaluation; records not collected get no accuracy."""
        self._evaluator.close()
