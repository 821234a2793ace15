"""What a list of many runs costs: counted, as seconds depend on the machine."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from gui.run_list import table_model
from gui.run_list.filter_and_sort import Filter, ListedRun
from gui.run_list.run_list import RunList
from gui.run_list.run_row import Row
from gui.style.theme import LIGHT
from model.config import run_names
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.run_names import RunNames
from model.diagnosis.verdict import Cause, Condition, Remedy, Verdict
from model.history.run_log import RunLog
from model.history.run_summary import RunListing, RunSummary
from model.nn.activations import Activation
from tests.support.records import record_of
from tests.support.run_lists import extend, prompt_runs, run_log_of

MANY = 60


@pytest.fixture
def many(qtbot: QtBot) -> RunList:
    """A list of 60 saved runs, every other with sigmoid."""
    runs, autosaver = prompt_runs()
    for seed in range(MANY):
        config = Config(seed=seed, iterations=10).replace(activation="sigmoid" if seed % 2 else "relu")
        autosaver.library.add(RunListing(Recipe(config), shown=False, created=float(seed)))
    runs.refresh()
    made = RunList(runs, LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> list[Any]:
    """The arguments of each call of a function from now on."""
    calls: list[Any] = []
    function: Callable[..., Any] = getattr(owner, name)

    def count(*arguments: Any) -> Any:
        calls.append(arguments)
        return function(*arguments)

    monkeypatch.setattr(owner, name, count)
    return calls


def signals_of(many: RunList) -> list[str]:
    """What views are told from now on."""
    told: list[str] = []
    table = many.table
    for name in ("rowsInserted", "rowsRemoved", "layoutChanged", "modelReset", "dataChanged"):
        getattr(table, name).connect(lambda *_, name=name: told.append(name))
    return told


def test_that_no_key_in_the_search_makes_a_name_anew(many: RunList, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, RunNames, "_take")
    for text in ("s", "si", "sig", "", "relu"):
        many.search.setText(text)
    assert calls == []
    assert len(many.table.rows) == MANY // 2


def test_that_what_a_run_is_sought_by_is_written_once(many: RunList, monkeypatch: pytest.MonkeyPatch) -> None:
    written = counted(monkeypatch, vars(ListedRun)["text"], "func")
    many.table.known.clear()
    many.table.update()
    many.search.setText("s")
    assert len(written) == MANY
    many.search.setText("sig")
    many.runs.changed.emit()
    assert len(written) == MANY


def test_that_another_letter_looks_through_nothing_but_what_was_found(
    many: RunList, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through: list[int] = []
    among = Filter.among

    def count(sought: Filter, rows: Sequence[Row]) -> list[Row]:
        looked_through.append(len(rows))
        return among(sought, rows)

    monkeypatch.setattr(Filter, "among", count)
    for text in ("sigmoid", "sigmoid s", "sigmoid se", "sigmoid >0", "sigmoid", "relu"):
        many.search.setText(text)
    half = MANY // 2
    assert looked_through == [MANY, half, half, MANY, MANY, MANY]
    many.search.setText("")
    assert len(many.table.rows) == MANY


def test_that_a_run_that_has_come_to_match_is_found_by_a_narrower_filter(many: RunList) -> None:
    many.runs.begin(Recipe(Config(seed=99, activation=Activation.TANH)), run_log := RunLog())
    many.search.setText("tanh >0.9")
    assert not many.table.rows
    run_log.put(record_of(0, test=0.95))
    many.update_text()
    many.search.setText("tanh >0.9 99")
    assert len(many.table.rows) == 1


def test_that_what_a_run_is_sought_by_is_written_before_anyone_seeks(
    many: RunList, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_model, "WRITTEN_AT_ONCE", 7)
    written = counted(monkeypatch, vars(ListedRun)["text"], "func")
    many.table.known.clear()
    many.table.update()
    qtbot.waitUntil(lambda: len(written) == MANY)
    many.search.setText("s")
    assert len(written) == MANY


def test_that_names_are_made_once_a_change(many: RunList, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = counted(monkeypatch, RunNames, "_take")
    put_into_words = counted(monkeypatch, run_names, "_story")
    for _ in range(3):
        many.runs.names()
        many.runs.changed.emit()
    assert calls == []
    many.runs.delete(many.runs.entries[:1])
    many.runs.names()
    assert (len(calls), len(put_into_words)) == (1, 0)
    many.runs.begin(Recipe(Config(seed=99)), RunLog())
    assert (len(calls), len(put_into_words)) == (2, 1)
    assert len(many.runs.names()) == MANY


@pytest.mark.parametrize("text", ["sigmoid", "seed 7", "no such run"])
def test_that_a_search_tells_the_view_in_a_few_signals_however_many_rows_go(many: RunList, text: str) -> None:
    told = signals_of(many)
    many.search.setText(text)
    assert 1 <= len(told) <= 4
    many.search.setText("")
    assert len(told) <= 8
    assert "modelReset" not in told
    assert [row.name for row in many.table.rows] == sorted((row.name for row in many.table.rows), key=seed_of)


def seed_of(name: str) -> int:
    """The newest first, as the list is sorted."""
    return -int(name.rpartition("seed ")[2])


def test_that_what_is_chosen_stays_chosen_while_others_go_and_come(many: RunList) -> None:
    entry = many.runs.entries[1]  # a sigmoid's
    index = many.table.index_of(entry)
    many.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    for text in ("sigmoid", "", "seed 1"):
        many.search.setText(text)
        assert many.chosen == [entry]
        assert many.table.entry_of(many.view.currentIndex()) is entry
    many.search.setText("relu")
    assert many.chosen == []


def test_that_a_run_that_the_filter_leaves_out_is_found_by_what_has_come_of_it_since(many: RunList) -> None:
    run_log = run_log_of([0.1], ended=False)
    entry = many.runs.begin(Recipe(Config(seed=99)), run_log)
    many.search.setText("sigmoid")
    assert entry not in [row.entry for row in many.table.rows]
    extend(run_log, [0.95])
    many.update_text()
    many.search.setText(">0.9")
    assert [row.entry for row in many.table.rows] == [entry]


def test_that_no_remedy_is_tried_for_a_list(many: RunList, monkeypatch: pytest.MonkeyPatch) -> None:
    remedy = Remedy("Leaky ReLU", {"activation": "leaky-relu"})
    verdict = Verdict(Condition.DEAD, 0, Cause.DEAD_UNITS, {}, (remedy,))
    ill = RunListing(Recipe(Config()), summary=RunSummary(10, verdict=verdict, ended=True))
    many.runs.autosaver.post(lambda library: library.add(ill))
    tried = counted(monkeypatch, Remedy, "of")
    many.runs.refresh()
    newest = many.runs.entries[-1].summary().verdict
    assert newest is not None
    assert newest.condition is Condition.DEAD
    assert tried == []
