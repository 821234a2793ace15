"""The file of a sweep's results: whole, in order, and a way to go on."""

import csv
import os
import random
from contextlib import nullcontext
from dataclasses import replace
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from model.sweeps.axes import SweepAxis, cells
from model.sweeps.results_csv import ARITHMETIC, COLUMNS, Results, identity
from model.sweeps.sweep import Result, SweepCell
from tests.support.catalogues import speaking
from tests.support.hypothesis_strategies import settings_of_a_run
from tests.support.pseudo_language import CODE, PseudoCatalogue

FIGURE = st.none() | st.floats(allow_nan=False)
HERE = Arithmetic("2.4.6 X86_V3", "OpenBLAS 0.3.31.188.0 Haswell", 1)
# A line of CSV has no null, and a BLAS has a name.
NAME = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40)


def six() -> list[SweepCell]:
    """The cells of a small sweep."""
    return cells(Config(), [SweepAxis.parse("init=gauss,he,xavier")], seeds=2)


def result_of(cell: SweepCell, accuracy: float | None = 0.1 + 0.2) -> Result:
    """A result of plausible figures."""
    return Result(cell, 2000, accuracy, 0.25, 1 / 3, -inf, Condition.DEAD, Cause.SMALL_WEIGHTS, arithmetic=HERE)


def rows(path: Path) -> list[dict[str, str]]:
    """The file as any reader of CSV reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_that_there_is_a_file_before_the_first_result(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    assert path.read_text("utf-8") == "init," + ",".join([*COLUMNS, *ARITHMETIC]) + "\n"
    assert results.missing == six()


@pytest.mark.parametrize("seed", range(3))
def test_that_rows_are_in_the_order_of_the_cells_whatever_that_of_the_results(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    shuffled = six()
    random.Random(seed).shuffle(shuffled)
    for cell in shuffled:
        results.add(result_of(cell))
    results.write()
    assert [(row["init"], row["seed"]) for row in rows(path)] == [
        (name, seed) for name in ("gauss", "he", "xavier") for seed in "01"
    ]
    assert results.missing == []


def test_that_a_row_says_all_there_is_to_say(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    results.add(result_of(six()[3]))
    results.write()
    assert rows(path) == [
        {
            "init": "he",
            "seed": "1",
            "final_test_accuracy": "0.30000000000000004",
            "final_train_accuracy": "0.25",
            "final_loss": "0.3333333333333333",
            "log_gradient": "-inf",
            "updates": "2000",
            "verdict": "dead",
            "cause": "small-weights",
            "diverged": "False",
            "config": identity(six()[3].config),
            "numpy": "2.4.6 X86_V3",
            "blas": "OpenBLAS 0.3.31.188.0 Haswell",
            "threads": "1",
        }
    ]


@given(
    figures=st.tuples(FIGURE, FIGURE, FIGURE, FIGURE),
    updates=st.integers(0, 10**7),
    settings=settings_of_a_run(),
    arithmetic=st.none() | st.builds(Arithmetic, NAME, NAME, st.integers(0, 99)),
)
def test_that_any_result_is_read_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    figures: tuple[float | None, ...],
    updates: int,
    settings: dict[str, object],
    arithmetic: Arithmetic | None,
) -> None:
    path = tmp_path_factory.mktemp("results") / "results.csv"
    cell = SweepCell(0, Config.from_json(settings), (("data", str(settings.get("data", ""))),))
    test, train, loss, gradient = figures
    wanted = Result(cell, updates, test, train, loss, gradient, Condition.LEARNING, Cause.NONE, arithmetic=arithmetic)
    results = Results(path, [cell])
    results.add(wanted)
    results.write()
    written = path.read_bytes()
    assert Results(path, [cell]).finished == {0: wanted}
    assert path.read_bytes() == written


def test_that_a_sweep_goes_on_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    for cell in six()[::2]:
        results.add(result_of(cell))
    results.write()
    again = Results(path, six())
    assert again.missing == six()[1::2]
    assert again.finished == results.finished
    for cell in again.missing:
        again.add(result_of(cell))
    again.write()
    whole = Results(tmp_path / "whole.csv", six())
    for cell in six():
        whole.add(result_of(cell))
    whole.write()
    assert path.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_that_more_seeds_values_and_settings_take_over_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    for cell in six():
        results.add(result_of(cell))
    results.write()
    larger = cells(
        Config(), [SweepAxis.parse("activation=tanh,relu"), SweepAxis.parse("init=gauss,zeros,he,xavier")], seeds=3
    )
    more = Results(path, larger)
    assert {cell.config for cell in larger} - {cell.config for cell in more.missing} == {cell.config for cell in six()}
    assert len(more.missing) == 24 - 6
    assert [(row["activation"], row["init"], row["seed"]) for row in rows(path)][:3] == [
        ("relu", "gauss", "0"), ("relu", "gauss", "1"), ("relu", "he", "0"),
    ]  # fmt: skip


@pytest.mark.parametrize("change", [{"iterations": 3}, {"learning_rate": 0.2}, {"seed": 1}, {"data": "elsewhere"}])
def test_that_results_of_another_sweep_are_neither_taken_nor_lost(tmp_path: Path, change: dict[str, object]) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    for cell in six():
        results.add(result_of(cell))
    results.write()
    before = path.read_bytes()
    other = cells(Config().replace(**change), [SweepAxis.parse("init=gauss,he,xavier")], seeds=2)
    with pytest.raises(InputError, match=r"has [36] results that are not of this sweep; choose another file"):
        Results(path, other)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "my notes\n",
        "a,b,c\n1,2,3\n",
        "\0" * 100,
        ",".join(COLUMNS) + "\n1,2\n",
        ",".join(COLUMNS) + "\n0,x,0,0,0,1,dead,none,False,{}\n",
        ",".join(COLUMNS) + "\n0,0,0,0,0,1,dead,none,False," + "[" * 100_000 + "\n",
        ",".join(COLUMNS) + '\n0,0,0,0,0,1,dead,none,False,"{""hidden"": 3}"\n',
        ",".join(COLUMNS) + '\n0,0,0,0,0,1,deadly,none,False,"{}"\n',
        ",".join(COLUMNS) + '\n0,0,0,0,0,1,dead,none,False,"{}',
        ",".join([*COLUMNS, *ARITHMETIC]) + '\n0,0,0,0,0,1,dead,none,False,"{}",2.4.6,OpenBLAS,many\n',
        "x" * 200_000,
    ],
    ids=range(11),
)
def test_that_a_file_of_another_kind_is_named_and_left_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=r"notes\.csv' is not a table that a sweep has written; choose another"):
        Results(path, six())
    assert path.read_text("utf-8") == text


def test_that_an_empty_file_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.touch()
    assert Results(path, six()).missing == six()


@pytest.mark.parametrize("place", ["", "none/results.csv"])
def test_that_a_place_that_cannot_be_written_is_refused_at_once(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        Results(tmp_path / place, six())


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_that_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.touch(mode=0o200)
    with pytest.raises(InputError, match="cannot be read"):
        Results(path, six())


def test_that_equal_runs_of_two_cells_share_a_row_s_result(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    twins = cells(Config(), [SweepAxis.parse("depth=0"), SweepAxis.parse("width=3,4")])
    assert twins[0].config == twins[1].config
    results = Results(path, twins)
    results.add(result_of(twins[1]))
    results.write()
    assert Results(path, twins).missing == []


def test_that_the_file_is_written_when_it_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    monkeypatch.setattr("model.sweeps.results_csv.perf_counter", lambda: clock[0])
    path = tmp_path / "results.csv"
    results = Results(path, six())
    for index, (now, there) in enumerate([(100.5, 0), (101.1, 2), (101.2, 2), (102.2, 4)]):
        clock[0] = now
        results.add(result_of(six()[index]))
        results.write_if_due()
        assert len(rows(path)) == there
    path.unlink()
    clock[0] = 200.0
    results.write_if_due()
    assert not path.exists(), "there was nothing new to write"


def test_that_a_disk_that_fails_leaves_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    results.add(result_of(six()[0]))
    results.write()
    before = path.read_bytes()
    results.add(result_of(six()[1]))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputError, match="the disk is full"):
        results.write()
    assert path.read_bytes() == before


def test_that_a_row_of_an_older_version_with_fewer_settings_is_known(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    (cell,) = cells(Config(), [])
    results = Results(path, [cell])
    results.add(result_of(cell))
    results.write()
    path.write_text(path.read_text("utf-8").replace('""weight_decay"":0.0,', ""), "utf-8")
    assert Results(path, [cell]).finished == {0: replace(result_of(cell))}


def test_that_a_file_from_before_the_arithmetic_was_kept_goes_on_without_it(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    results = Results(path, six())
    for cell in six()[:4]:
        results.add(result_of(cell))
    results.write()
    with path.open(encoding="utf-8", newline="") as file:
        old = [line[: -len(ARITHMETIC)] for line in csv.reader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(old)
    again = Results(path, six())
    assert again.arithmetics == []
    assert list(again.finished.values()) == [replace(result_of(cell), arithmetic=None) for cell in six()[:4]]
    for cell in again.missing:
        again.add(result_of(cell))
    again.write()
    assert again.arithmetics == [HERE], "nothing is known of the older ones, so there is nothing to warn of"
    assert [row["blas"] for row in rows(path)] == [""] * 4 + [HERE.blas] * 2


def test_that_each_arithmetic_of_the_rows_is_known_once(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "results.csv", replace(HERE, blas="OpenBLAS 0.3.31.188.0 SkylakeX")
    results = Results(path, six())
    for place, cell in enumerate(six()):
        results.add(replace(result_of(cell), arithmetic=elsewhere if place % 3 == 0 else HERE))
    results.write()
    assert results.arithmetics == Results(path, six()).arithmetics == [elsewhere, HERE]


def test_that_the_file_is_the_same_in_every_language(tmp_path: Path) -> None:
    made = []
    for code in ("en", "other"):
        with speaking(PseudoCatalogue(), CODE) if code == "other" else nullcontext():
            results = Results(tmp_path / f"{code}.csv", six())
            for cell in six():
                results.add(result_of(cell))
            results.write()
        made.append((tmp_path / f"{code}.csv").read_bytes())
    assert made[0] == made[1]
