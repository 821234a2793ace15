"""How runs are printed: what is not known of one is left out, what is too long is cut."""

import json
from dataclasses import replace

import pytest

from model.base.arithmetic import Arithmetic
from model.cli.runs_table import as_json, table, told
from model.config.recipe import Change
from model.history.run_summary import RunListing, RunSummary
from tests.support.finished_runs import small

CARD = RunListing(small(""), id="1" * 32)


@pytest.mark.parametrize("created", [0.0, -1e18, 1e18, 1e300])
def test_that_a_time_that_no_calendar_has_is_left_out(created: float) -> None:
    card = replace(CARD, created=created)
    assert table([card], ["net"])
    assert json.loads(as_json(1, card, "net"))["created"] == ("1970-01-01T00:00:00+00:00" if created == 0 else "")


def test_that_a_run_without_records_is_told_without_figures() -> None:
    card = replace(CARD, summary=RunSummary(), recipe=CARD.recipe.changed([Change(5, "learning_rate", 0.5)]))
    assert "nan" not in table([card], ["net"]) + told(card, "net")
    found = json.loads(as_json(1, card, "net"))
    assert (found["test_accuracy"], found["verdict"], found["ended"]) == (None, None, False)


def test_that_what_a_run_was_computed_with_is_told_where_it_is_known() -> None:
    assert "computed with" not in told(CARD, "net")
    assert json.loads(as_json(1, CARD, "net"))["arithmetic"] is None
    card = replace(CARD, summary=RunSummary(arithmetic=Arithmetic("2.4.6 X86_V3", "OpenBLAS 0.3.31 Zen", 1)))
    assert "  computed with  NumPy 2.4.6 X86_V3, OpenBLAS 0.3.31 Zen, 1 thread\n" in told(card, "net")
    assert json.loads(as_json(1, card, "net"))["arithmetic"] == {
        "numpy": "2.4.6 X86_V3", "blas": "OpenBLAS 0.3.31 Zen", "threads": 1,
    }  # fmt: skip


def test_that_a_long_name_is_cut_and_says_so() -> None:
    line = table([CARD], ["x" * 200]).splitlines()[1]
    assert len(line) < 130
    assert "x…" in line
