"""A process that evaluates."""

from collections.abc import Iterator

import pytest

from model.network.evaluation_process import EvaluationProcess
from tests.support.evaluation_processes import wait_until_ready


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[EvaluationProcess]:
    """A process that is ready, also where there is one core only."""
    monkeypatch.setattr("model.network.evaluation_process.usable_cores", lambda: 2)
    with EvaluationProcess() as made:
        wait_until_ready(made)
        yield made
