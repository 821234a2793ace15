"""The cores of this process and of those beside it."""

import os
import subprocess
import sys

import pytest

from model.base.processors import keep_off, present_core, usable_cores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells and takes cores by number")


def test_that_the_core_that_one_is_on_is_one_that_may_be_used() -> None:
    assert present_core() in os.sched_getaffinity(0)


@pytest.mark.skipif(usable_cores() < 2, reason="there is one core only")
def test_that_another_process_is_kept_off_one_core_and_has_all_others() -> None:
    mine = os.sched_getaffinity(0)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        for core in mine:
            keep_off(core, other.pid)
            assert os.sched_getaffinity(other.pid) == mine - {core}
        other.communicate(b"\n")
    keep_off(min(mine), other.pid)  # it has ended: nothing happens
    assert os.sched_getaffinity(0) == mine


def test_that_a_process_is_left_at_least_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {3})
    monkeypatch.delattr(os, "sched_setaffinity")
    keep_off(3, os.getpid())
