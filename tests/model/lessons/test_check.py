"""The check: what lessons claim is trained and compared, and a claim that does not hold goes red."""

import re
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import kept_dataset
from model.lessons.check import LessonCheck, seeds_of, train_all
from model.lessons.finished_run import FinishedRun
from model.lessons.lesson_folder import OWN_LESSONS, lesson_files, read_lesson
from model.lessons.measures import parse_measure
from model.lessons.report import check_report
from model.lessons.static_check import check_written
from model.lessons.trained_terms import Unmeasured, measure_run, rarely_tested
from model.training.replay import train_recipe
from tests.support.lessons import MARKDOWN, TOML, lesson_of, written

HERE = Arithmetic("2", "a BLAS", 1)


class HereExecutor(Executor):
    """Runs what is submitted at once, in this process."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


def checked(folder: Path, toml: str = TOML, markdown: str = MARKDOWN) -> LessonCheck:
    """The small lesson, checked."""
    check = LessonCheck.of([written(folder, toml, markdown)])
    assert train_all(check, HereExecutor(), lambda done: False)
    check.judge()
    return check


def complaints(folder: Path, toml: str = TOML, markdown: str = MARKDOWN) -> list[str]:
    return [str(complaint) for complaint in checked(folder, toml, markdown).complaints]


def accuracies(folder: Path) -> dict[int, float]:
    """The accuracy of the small lesson's run by its seed."""
    check = checked(folder)
    (lesson,) = check.lessons
    found = {seed: check.value(lesson, parse_measure("short.accuracy"), seed) for seed in (0, 1)}
    return {seed: value for seed, value in found.items() if isinstance(value, float)}


def test_that_a_lesson_that_tells_the_truth_passes(tmp_path: Path) -> None:
    check = checked(tmp_path)
    assert check.complaints == []
    assert len(check.plan) == 2  # one experiment, two seeds
    report = check_report(check, HERE)
    assert report.splitlines()[-2] == "Trained with NumPy 2, a BLAS, 1 thread."
    assert report.splitlines()[-1] == "1 lesson, 1 bet, 1 figure, 2 runs. All holds."


def test_that_one_bound_that_is_moved_goes_red(tmp_path: Path) -> None:
    found = complaints(tmp_path, TOML.replace("from = 0.3", "from = 0.95"))
    assert found
    assert all(text.startswith("01-short.toml, line 7: The bet 'end' has 'high' right, but") for text in found)
    assert "faults." in check_report(checked(tmp_path, TOML.replace("from = 0.3", "from = 0.95")), HERE)


def test_that_a_narrow_margin_warns_by_name_and_is_no_fault(tmp_path: Path) -> None:
    low = min(accuracies(tmp_path).values())
    check = checked(tmp_path, TOML.replace("from = 0.3", f"from = {0.99 * low:.4f}"))
    assert check.complaints == []
    assert check.warnings
    for warning in check.warnings:
        assert re.match(r"01-short.toml, line 7: The bet 'end' is on an edge: [0-9.]+\u202f% is too near", str(warning))
    report = check_report(check, HERE)
    assert f"\nWarning: {check.warnings[0]}\n" in report
    assert report.endswith(f"All holds, with {len(check.warnings)} warning{'s' * (len(check.warnings) > 1)}.")


@pytest.mark.parametrize(
    ("used", "sign", "faults", "warnings"),
    [(0.5, "±", 0, 0), (0.95, "±", 0, 1), (1.05, "±", 1, 0), (0.5, "×", 0, 0), (0.95, "×", 0, 1), (1.05, "×", 1, 0)],
)
def test_that_a_figure_that_uses_all_its_room_warns_and_one_outside_fails(
    tmp_path: Path, used: float, sign: str, faults: int, warnings: int
) -> None:
    value = 100 * accuracies(tmp_path)[0]
    room, said = (4.0, value + 4.0 * used) if sign == "±" else (1.5, value * 1.5**used)
    figure = f"{{~ {said:.3f} % {sign} {room} = short.accuracy}}"
    one_seed = TOML.replace("seeds = [0, 1]", "seeds = [0]")
    check = checked(tmp_path, one_seed, MARKDOWN.replace("{measured: short.accuracy}", figure))
    assert (len(check.complaints), len(check.warnings)) == (faults, warnings)
    for found in (*check.complaints, *check.warnings):
        assert str(found).startswith(
            f"en/01-short.md, line 7: The text says {said:.3f}\u202f%, measured is {value:.1f}"
        )


def test_that_what_no_run_decides_is_so_everywhere_and_warns_of_nothing(tmp_path: Path) -> None:
    figure = "{~ 1/240 × 1.07 = slope_bound(activation=sigmoid, layers=4)}"
    check = checked(tmp_path, markdown=MARKDOWN.replace("{measured: short.accuracy}", figure))
    assert (check.complaints, check.warnings) == ([], [])


def test_that_another_right_option_goes_red_on_each_seed(tmp_path: Path) -> None:
    found = complaints(tmp_path, TOML.replace('right = "high"', 'right = "low"'))
    assert [text[-8:] for text in found] == ["(seed 0)", "(seed 1)"][: len(found)]
    assert len(found) == 2


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ("{~ 5 % ± 1 = short.accuracy}", "line 7: The text says 5\u202f%, measured is"),
        (
            "{~ 1/1,000 × 2 = slope_bound(activation=sigmoid, layers=4)}",
            "line 7: The text says 1/1\u202f000, measured is",
        ),
        ("{measured: short.signal(layer=9)}", "line 7: There is no layer 9"),
        ("{measured: short.loss}, 12 % of it", "line 7: '12 %' is a bare figure"),
        ("three or 4 times {measured: short.loss}", "line 7: '4 times' is a bare figure"),
    ],
)
def test_that_every_figure_in_a_text_is_compared(tmp_path: Path, figure: str, said: str) -> None:
    (first, *_) = complaints(tmp_path, markdown=MARKDOWN.replace("{measured: short.accuracy}", figure))
    assert said in first


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("A slope", "word " * 60 + "A slope", "The step has"),
        ("$f'(z)$", "$\\frac12$", "too high for a line"),
        ("$f'(z)$", "$\\text{傾き}$", "has letters that its font lacks"),
        ("  It learns.", "", "The option 'high' does not say why"),
        ("- High", "- Above 40 %", "'40 %' is no bound of the option 'high'"),
    ],
)
def test_that_a_text_that_cannot_be_read_well_goes_red(tmp_path: Path, old: str, new: str, said: str) -> None:
    (complaint,) = check_written(lesson_of(tmp_path, markdown=MARKDOWN.replace(old, new)))
    assert said in str(complaint)
    assert str(complaint).startswith("en/01-short.md, line ")


@pytest.mark.parametrize("link", ["77", "1:9", "none-such"])
def test_that_a_link_to_nowhere_goes_red_with_its_line(tmp_path: Path, link: str) -> None:
    (complaint,) = check_written(lesson_of(tmp_path, markdown=MARKDOWN.replace("mark:loss", f"lesson:{link}")))
    assert str(complaint).startswith("en/01-short.md, line 7: 'the loss' leads nowhere: ")
    assert check_written(lesson_of(tmp_path, markdown=MARKDOWN.replace("mark:loss", "lesson:1"))) == []
    assert (
        check_written(lesson_of(tmp_path, markdown=MARKDOWN.replace("mark:loss", "lesson:5:3"))) == []
    )  # the program's


def test_that_an_experiment_that_nothing_uses_goes_red(tmp_path: Path) -> None:
    toml = TOML.replace("[bet.end]", '[experiment.spare]\npreset = "zeros"\n\n[bet.end]')
    (complaint,) = check_written(lesson_of(tmp_path, toml))
    assert str(complaint) == "01-short.toml, line 7: Nothing uses the experiment 'spare'."


def test_that_a_run_before_its_bet_goes_red(tmp_path: Path) -> None:
    first = '[[step]]\nid = "early"\nrun = "short"\n\n[[step]]'
    lesson = lesson_of(
        tmp_path, TOML.replace("[[step]]", first), MARKDOWN.replace("## It", "## Early {#early}\n\n## It")
    )
    (complaint,) = check_written(lesson)
    assert str(complaint) == "01-short.toml, line 18: The step 'early' shows 'short' before a bet that it decides."


def test_that_one_broken_lesson_does_not_hide_the_others(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, "minutes = 1 1", name="02-broken")
    check = LessonCheck.of(lesson_files(tmp_path))
    assert [lesson.key for lesson in check.lessons] == ["01-short"]
    assert [str(complaint)[:23] for complaint in check.complaints] == ["02-broken.toml, line 1:"]


def test_that_what_is_wished_to_end_trains_no_more(tmp_path: Path) -> None:
    check = LessonCheck.of([written(tmp_path)])
    assert not train_all(check, HereExecutor(), lambda done: True)
    assert check.measured == {}


def test_that_the_lessons_of_the_program_are_written_well() -> None:
    found = LessonCheck.of(lesson_files(OWN_LESSONS))
    assert [str(complaint) for complaint in found.complaints] == []
    assert found.plan
    lesson = read_lesson(OWN_LESSONS / "01-never-learns.toml")
    assert seeds_of(lesson, "never") == [0, 1, 2, 3]


TERMS = [
    parse_measure(f"run.{text}").left
    for text in ("accuracy", "accuracy(at=25)", "reach(at=0)", "signal(layer=1, at=7)", "answers", "gain(stage=slope)")
]
RUN = Recipe(Config(hidden=(8,), iterations=64))


def test_that_fewer_tests_leave_every_figure_the_same() -> None:
    run = FinishedRun(RUN, train_recipe(RUN, kept_dataset()), kept_dataset())
    assert measure_run(RUN, TERMS) == [term.find(run) for term in TERMS]


@pytest.mark.parametrize(
    ("iterations", "asked", "every"), [(2000, [], 2000), (2000, [100], 100), (2000, [128, 60], 60), (64, [25], 20)]
)
def test_that_a_test_is_made_where_a_figure_is_asked_for(iterations: int, asked: list[int], every: int) -> None:
    assert rarely_tested(Config(iterations=iterations), asked).record_every == every


def test_that_a_run_is_trained_no_further_than_a_figure_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr("model.lessons.trained_terms.check_wanted", lambda: seen.append(1))
    (value,) = measure_run(RUN, [parse_measure("run.reach(at=5)").left])
    assert len(seen) == 7  # iterations 0 to 5, and the wish to end
    assert isinstance(value, float)


def test_that_what_a_run_lacks_is_said_and_does_not_end_the_check() -> None:
    (value,) = measure_run(RUN, [parse_measure("run.signal(layer=4)").left])
    assert value == Unmeasured("There is no layer 4, only 1 to 1 and the output.")


def test_that_a_branch_is_of_the_run_that_it_leaves(tmp_path: Path) -> None:
    branch = '[experiment.faster]\noptions = "--learning-rate 0.2"\nbranch = { of = "short", at = 20 }\n\n[bet.end]'
    toml = TOML.replace("[bet.end]", branch).replace('run = "short"\nm', 'run = "faster"\nm')
    lesson = lesson_of(tmp_path, toml)
    (recipe,) = lesson.experiments["faster"].recipes(3)
    assert recipe.branch is not None
    assert (recipe.start, recipe.config.seed, recipe.branch.parent.config.seed) == (20, 3, 3)
    assert recipe.config.number("learning_rate") == 0.2
    assert complaints(tmp_path, toml) == []
    with pytest.raises(InputError, match=r"01-short.toml, line 9: There is no experiment 'shorter'"):
        lesson_of(tmp_path, toml.replace('of = "short"', 'of = "shorter"'))
