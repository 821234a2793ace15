"""Networks that people have described: what ails them is found, and the first remedy makes them learn."""

import pytest

from model.diagnosis.verdict import Condition
from tests.verdicts.described import DESCRIBED, Described
from tests.verdicts.grid import READ_AT
from tests.verdicts.trial import Task, run


@pytest.mark.timeout(300)
@pytest.mark.parametrize("network", DESCRIBED, ids=lambda network: network.name)
def test_that_what_ails_a_described_network_is_found_and_cured(network: Described) -> None:
    verdict = run(Task(network.name, network.config, READ_AT)).verdict
    assert verdict.cause is network.cause
    remedy = verdict.remedies[0]
    cured = run(Task(remedy.label, remedy.of(network.config), READ_AT)).verdict
    assert cured.condition in (Condition.LEARNING, Condition.LATE)
