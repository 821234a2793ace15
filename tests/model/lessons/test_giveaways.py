"""What a bet asks cannot be read before it is placed: which places tell it."""

from pathlib import Path

import pytest

from model.config.views import CardKind, ViewKind
from model.lessons.giveaways import READ_IN, giveaways
from model.lessons.lesson import Lesson
from model.lessons.lesson_folder import read_named
from model.lessons.quantities import MeasuredQuantity
from tests.support.lessons import MARKDOWN, TOML, lesson_of


def of(lesson: Lesson, step: str) -> set[str]:
    return {part.key for part in giveaways(lesson, lesson.step(step))}


def test_that_it_is_known_of_every_quantity_of_a_run_where_it_is_read() -> None:
    assert {quantity for quantity in MeasuredQuantity if quantity.of_run} <= READ_IN.keys()


@pytest.mark.parametrize(
    ("number", "step", "places"),
    [
        ("3", "formula", {"slope"}),  # where the largest slope is written at each curve
        ("3", "five", {"slope", "ledger"}),  # at iteration 0 a run that is set up has its slopes
        ("3", "transfer", {"slope", "ledger"}),
        ("4", "bars", {"gradients", "ledger", "timeline"}),  # the bars are drawn over those of the strip
        ("1", "end", set()),  # nobody knows where a run that has not begun will end
    ],
)
def test_that_a_run_that_is_set_up_gives_its_start_away(number: str, step: str, places: set[str]) -> None:
    lesson = read_named(number)
    key = next(each.key for each in lesson.steps if each.key == step or (each.bet and each.bet.key == step))
    assert of(lesson, key) == places


AGAIN = (
    TOML.replace('measure = "accuracy"', 'measure = "loss"').replace('kind = "curve"', 'kind = "choice"')
    + '\n[[step]]\nid = "again"\nrun = "short"\nbet = "more"\n'
)
MORE = """\
[bet.more]
kind = "choice"
run = "short"
measure = "{}"
options = [ {{ id = "a", to = 0.1 }}, {{ id = "b", from = 0.2 }} ]
right = "a"

[[step]]
id = "begin\""""
TEXT = MARKDOWN + "\n## Again {#again}\n\nText.\n\n### Which? {#more}\n\n- A {#a}\n  Why.\n- B {#b}\n  Why.\n"


@pytest.mark.parametrize(
    ("measure", "places"),
    [
        ("short.accuracy", {CardKind.ACCURACY}),
        ("short.share(of=off, layer=1)", {ViewKind.ACTIVATIONS, ViewKind.SLOPE, ViewKind.WEIGHTS}),
        ("short.accuracy - other.accuracy", set()),  # one of them is not known yet
        ("other.accuracy", set()),
        ("other.signal(layer=1, at=0)", set()),  # it is not on the screen
    ],
)
def test_that_a_run_of_an_earlier_step_gives_all_of_it_away(tmp_path: Path, measure: str, places: set[object]) -> None:
    other = '[experiment.other]\npreset = "zeros"\n\n[bet.end]'
    toml = AGAIN.replace("[bet.end]", other).replace('[[step]]\nid = "begin"', MORE.format(measure))
    lesson = lesson_of(tmp_path, toml, TEXT)
    assert giveaways(lesson, lesson.step("again")) == places
