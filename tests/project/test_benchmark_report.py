"""`python3 run.py bench`: what the page of benchmarks is made of, and that a part is written without the others."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from model.base.arithmetic import single_threaded
from tests.benchmarks import __main__ as command
from tests.benchmarks import _report, pytorch
from tests.benchmarks._figures import Cost, Figure, compare, duration, short
from tests.docs import pages

FIGURE = Figure("a|b", 1234.5, 2, " ms", detail="of 3")
COSTS = [
    Cost("runs", "1", 0.002, 1, "run"),
    Cost("layers", "2", 1.0, 2, "layer"),
    Cost("runs", "10", 0.02, 10, "run"),
    Cost("runs", "100", 0.6, 100, "run", "slow"),
]


def rows_of(text: str, head: str) -> list[str]:
    """The rows of the table whose first head this is."""
    _, _, below = text.partition(f"| {head} |")
    return below.partition("\n\n")[0].splitlines()[2:]


def test_that_a_part_names_its_command_machine_and_kernel() -> None:
    text = _report.part("step", "What a step takes.", [FIGURE])
    assert text.startswith("What a step takes. `python3 run.py bench step --write`, on ")
    assert "NumPy" in text
    assert str(single_threaded()) in _report.machine()


def test_that_a_missed_target_stays_visible() -> None:
    assert r"| a\|b | 1,234 ms | ≤ 2 ms | ✗ | of 3 |" in _report.part("step", "", [FIGURE])
    met = Figure("speed", 3, 2, "×", at_least=True)
    assert "| speed | 3× | ≥ 2× | ✓ |  |" in _report.part("step", "", [met])


def test_that_costs_become_a_table_each_that_shows_what_grows_faster_than_its_work() -> None:
    text = _report.part("sizes", "", COSTS)
    assert rows_of(text, "runs") == [
        "| 1 | 2 ms | 2 ms | 1.00 | 1.00 |  |",
        "| 10 | 20 ms | 2 ms | 1.00 | 1.00 |  |",
        "| 100 | 600 ms | 6 ms | 3.00 | 3.00 | slow |",
    ]
    assert rows_of(text, "layers") == ["| 2 | 1 s | 500 ms | 1.00 | 1.00 |  |"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(90.0, "90 s"), (1.5, "1.5 s"), (0.25, "250 ms"), (3e-6, "3 µs"), (4.56e-9, "4.56 ns")]
)
def test_that_a_time_has_three_digits(seconds: float, text: str) -> None:
    assert duration(seconds) == text


def test_that_a_large_number_keeps_all_digits_before_the_point() -> None:
    assert (short(123_456.7), short(0.012345), short(-1234.0)) == ("123,457", "0.0123", "-1,234")


def test_that_two_functions_are_compared_in_turns_by_ratio_and_difference() -> None:
    times: Iterator[float] = iter([0, 3, 3, 4, 4, 10, 10, 12])
    found = compare(lambda: None, lambda: None, turns=2, clock=lambda: next(times))
    assert (found.ratio, found.difference, found.first, found.second) == (3, 3, 4.5, 1.5)


def test_that_a_new_part_replaces_its_own_and_leaves_the_others_in_order() -> None:
    old = "### crew\n\nold crew\n\n### gone\n\nx\n\n### step\n\nold\n\n| a |"
    names = ["crew", "depth", "step"]
    text = _report.joined(old, {"step": "new", "depth": "first"}, names)
    assert text == "### crew\n\nold crew\n\n### depth\n\nfirst\n\n### step\n\nnew"
    assert _report.joined(text, {}, names) == text
    assert _report.joined("", {"crew": "new"}, names) == "### crew\n\nnew"


def test_that_every_part_of_the_page_is_of_a_benchmark_that_there_is() -> None:
    held = pages.held("benchmarks")
    assert set(_report.parts_of(held)) <= set(command.NAMES)
    assert _report.joined(held, {}, command.NAMES) == held


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page with two parts, and three benchmarks: one that meets its target, one that does not, one left out."""
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(command, "NAMES", ["crew", "pytorch", "step"])
    found = {"crew": [Figure("good", 1, 2)], "pytorch": [], "step": [FIGURE]}
    monkeypatch.setattr(
        command,
        "import_module",
        lambda name: SimpleNamespace(__doc__="One.\n\nMore.", measure=lambda: found[name.rpartition(".")[2]]),
    )
    path = tmp_path / "page.md"
    parts = "### crew\n\nold crew\n\n### pytorch\n\nold torch"
    path.write_text(f"# Page\n\n<!-- benchmarks -->\n{parts}\n<!-- /benchmarks -->\n", "utf-8")
    return path


@pytest.mark.parametrize(("names", "code"), [(["step"], 1), (["crew"], 0), ([], 1)])
def test_that_the_command_writes_the_parts_that_it_measured(
    page: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], code: int
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", *names, "--write"])
    assert command.main() == code
    parts = _report.parts_of(pages.held("benchmarks"))
    assert parts["pytorch"] == "old torch", "what is left out keeps what was measured"
    assert ("good" in parts["crew"]) == (names != ["step"])
    assert ("step" in parts) == (names != ["crew"])


def test_that_nothing_is_written_unasked(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = page.read_text("utf-8")
    monkeypatch.setattr("sys.argv", ["bench"])
    assert command.main() == 1
    assert page.read_text("utf-8") == before


@pytest.mark.parametrize("python", ["no-such-python", "false"])
def test_that_pytorch_is_left_out_in_one_line_where_it_is_not(
    python: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(pytorch.INTERPRETER, python)
    assert [*pytorch.measure()] == []
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"pytorch is left out: '{python}' has no PyTorch; LAYERSCOPE_TORCH=PYTHON names one."
