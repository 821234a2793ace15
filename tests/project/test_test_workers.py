"""The tests themselves: on every core when they are many, in one process when they are few."""

from types import SimpleNamespace

import pytest

from model.base.processors import usable_cores
from model.base.user_paths import ROOT

FEW = ["tests/model/clinic", "tests/project/test_readme.py", "tests/project/test_readme.py::test_that_something"]


def workers_for(config: pytest.Config, *paths: str, word: str = "") -> int:
    """How many workers pytest begins when it is given these paths, and a word to look for in the names of tests."""
    option = SimpleNamespace(keyword=word)
    asked = SimpleNamespace(args=[*paths], invocation_params=SimpleNamespace(dir=ROOT), option=option)
    count: int = config.hook.pytest_xdist_auto_num_workers(config=asked)
    return count


@pytest.mark.parametrize("paths", [["tests"], ["tests/gui", "tests/model"]])
def test_that_many_tests_run_on_every_core(pytestconfig: pytest.Config, paths: list[str]) -> None:
    assert workers_for(pytestconfig, *paths) == usable_cores()


@pytest.mark.parametrize("path", FEW)
def test_that_few_tests_run_in_one_process(pytestconfig: pytest.Config, path: str) -> None:
    assert workers_for(pytestconfig, path) == 0


def test_that_tests_chosen_by_a_word_run_in_one_process(pytestconfig: pytest.Config) -> None:
    assert workers_for(pytestconfig, "tests", word="burst") == 0
