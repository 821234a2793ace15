"""Measures: what lessons write, and the figures that they find in runs."""

from contextlib import suppress
from math import e, isinf, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.errors import InputError
from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import Dataset, load_dataset
from model.lessons.finished_run import FinishedRun
from model.lessons.measures import Measure, Runs, parse_measure
from model.lessons.quantities import READERS, MeasuredQuantity
from model.lessons.units import Unit
from model.measurement.ledger import product
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.sweeps.statistics import paired
from model.training.replay import train_recipe


@pytest.fixture(scope="module")
def dataset(folder: str) -> Dataset:
    return load_dataset(folder)


def finished(dataset: Dataset, **settings: object) -> FinishedRun:
    config = Config.from_json(
        {"hidden": (7, 5), "iterations": 60, "batch_size": 20, "activation": "sigmoid", **settings}
    )
    return FinishedRun(Recipe(config), train_recipe(Recipe(config), dataset), dataset)


@pytest.fixture(scope="module")
def runs(dataset: Dataset) -> Runs:
    """One run, and one with two repeats."""
    return {
        "one": [finished(dataset)],
        "two": [finished(dataset, seed=seed, learning_rate=1.0) for seed in (0, 1)],
        "burst": [finished(dataset, learning_rate=1000.0, activation="identity", init="gauss", init_std=50.0)],
    }


def of(runs: Runs, text: str) -> float:
    found = parse_measure(text).of(runs)
    assert isinstance(found, float)
    return found


def test_that_figures_are_those_of_the_records(runs: Runs) -> None:
    history = runs["one"][0].run_log.history
    newest = history.newest
    assert newest is not None
    assert of(runs, "one.accuracy") == pytest.approx(newest.test_accuracy)
    assert of(runs, "one.loss") == pytest.approx(newest.loss)
    assert of(runs, "one.signal(layer=2)") == newest.layers[1].signal_std
    assert of(runs, "one.signal(layer=output, at=0)") == history.timeline.moments[0].output.signal_std
    assert of(runs, "one.accuracy(at=25)") == pytest.approx(history.at(20)["test_accuracy"])  # type: ignore[index]


def test_that_the_products_and_what_arrives_agree(runs: Runs) -> None:
    through = product((of(runs, "one.slope_product"), of(runs, "one.weights_product")))
    assert of(runs, "one.reach") == pytest.approx(through, rel=1e-4)
    slopes = product(of(runs, f"one.gain(stage=slope, layer={layer})") for layer in (1, 2))
    assert of(runs, "one.slope_product") == pytest.approx(slopes)


def test_that_answers_are_counted_over_the_test_set(runs: Runs) -> None:
    answers = runs["one"][0].answers
    assert len(answers) == len(runs["one"][0].dataset.test_labels)
    assert of(runs, "one.answers") == len(set(answers.tolist()))
    assert (answers == of(runs, "one.common_answer")).sum() == max((answers == digit).sum() for digit in range(10))


def test_that_repeats_have_a_mean_and_are_compared_in_pairs(runs: Runs) -> None:
    one, other = (run.curve("loss", None) for run in runs["two"])
    assert of(runs, "two.loss") == pytest.approx((one + other) / 2)
    assert of(runs, "two.loss(at=0) > two.loss") == 2
    assert of(runs, "two.loss - two.loss(at=0)") < 0
    assert of(runs, "one.loss / one.loss") == 1
    with pytest.raises(InputError, match="as many repeats"):
        parse_measure("two.loss - one.loss").of(runs)


def test_that_a_difference_of_repeats_has_an_interval(dataset: Dataset) -> None:
    runs = {
        name: [finished(dataset, seed=seed, learning_rate=rate) for seed in range(4)]
        for name, rate in (("slow", 0.1), ("fast", 3.0))
    }
    fast, slow = ([run.curve("test_accuracy", None) for run in runs[name]] for name in ("fast", "slow"))
    expected = paired(fast, slow)
    low, mean, high = (of(runs, text.format("fast.accuracy - slow.accuracy")) for text in ("low({})", "{}", "high({})"))
    assert (low, mean, high) == pytest.approx((expected.low, expected.difference, expected.high))
    few = {name: found[:2] for name, found in runs.items()}
    with pytest.raises(InputError, match="no interval"):
        of(few, "low(fast.accuracy - slow.accuracy)")


def test_that_repeats_have_a_range(dataset: Dataset) -> None:
    repeats = {"two": [finished(dataset, seed=seed) for seed in range(3)]}
    ends = [run.curve("test_accuracy", None) for run in repeats["two"]]
    assert len(set(ends)) > 1
    assert of(repeats, "range(two.accuracy)") == pytest.approx(max(ends) - min(ends))
    with pytest.raises(InputError, match="range is of an accuracy"):
        parse_measure("range(a.accuracy - b.accuracy)")


def test_that_the_path_of_a_weight_multiplies_out(runs: Runs) -> None:
    assert of(runs, "one.path(part=gradient)") == pytest.approx(of(runs, "one.path(part=difference)"), rel=1e-4)
    output = {part: of(runs, f"one.path(part={part}, layer=output)") for part in ("a", "gradient")}
    assert abs(output["gradient"]) <= output["a"]  # an error is at most 1
    assert 0 < of(runs, "one.path(part=slope)") <= 0.25
    with pytest.raises(InputError, match="has a, gradient, difference, not 'w'"):
        of(runs, "one.path(part=w, layer=output)")


def test_that_the_end_of_a_run_that_diverged_tells_nothing(runs: Runs) -> None:
    assert parse_measure("burst.condition").of(runs) == "diverged"
    assert isinf(of(runs, "burst.escape"))
    with pytest.raises(InputError, match="diverged"):
        parse_measure("burst.accuracy").of(runs)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("max_slope(activation=sigmoid)", 0.25),
        ("slope_bound(activation=sigmoid, layers=5)", 1 / 1024),
        ("std(init=he, n=50)", 0.2),
        ("std(init=xavier, n=784)", 1 / 28),
        ("chain_rule(x=1, y=2)", 6),
        ("central_difference(x=1, y=2)", 6),
        ("guessing_loss", log(10)),
        ("class_share(digit=8)", 0.0974),
        ("variance_kept(activation=relu)", 0.5),
    ],
)
def test_that_computed_figures_are_those_of_the_books(text: str, value: float) -> None:
    found = parse_measure(text).of({})
    assert found == pytest.approx(value, rel=4e-3 if "variance" in text else 1e-6)


def test_that_the_signs_have_units_of_their_own() -> None:
    units = {"a.accuracy": Unit.SHARE, "a.accuracy - b.accuracy": Unit.POINTS, "a.loss - b.loss": Unit.NUMBER}
    units |= {"a.reach / b.reach": Unit.RATIO, "a.loss > b.loss": Unit.COUNT, "a.cause": Unit.CAUSE}
    assert {text: parse_measure(text).unit for text in units} == units


def test_that_a_layer_can_be_asked_for_another() -> None:
    assert parse_measure("a.signal(at=0)").of_layer(3) == parse_measure("a.signal(at=0, layer=3)")


@pytest.mark.parametrize(
    "broken",
    ["", "accuracy", "a.accuracy(at=x)", "a.std(init=he, n=1)", "std(n=3)", "a.cause - a.cause", "a.loss(at=1, at=2)",
     "a.loss -", "a.accuracy(" + "9" * 300 + ")", "low(a.loss - a.loss)", "low(a.accuracy)", "a.path", "range(a.loss)",
     "std(init=she, n=1)"],
)  # fmt: skip
def test_that_what_is_no_measure_costs_one_sentence(broken: str) -> None:
    with pytest.raises(InputError):
        parse_measure(broken)


@given(st.text("a.los(rech=1,)-/> ", max_size=40))
def test_that_any_text_is_a_measure_or_costs_one_sentence(text: str) -> None:
    with suppress(InputError):
        assert isinstance(parse_measure(text), Measure)


@pytest.mark.parametrize("quantity", MeasuredQuantity, ids=lambda quantity: quantity.key)
def test_that_every_argument_of_a_quantity_can_be_read(quantity: MeasuredQuantity) -> None:
    assert quantity.parameters.keys() <= READERS.keys()
    assert quantity.label
    assert quantity.help.endswith(".")


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (Unit.SHARE, 0.097, "9.7\u202f%"), (Unit.RATIO, 1 / 1340, "1/1\u202f340"), (Unit.RATIO, 0.157, "0.157"),
        (Unit.ITERATION, float("inf"), "never"), (Unit.ITERATION, 720.0, "720"), (Unit.COUNT, 1.0, "1"),
        (Unit.POINTS, 0.0018, "+0.18\u202fpoints"), (Unit.CONDITION, "dead", "Dead"), (Unit.NUMBER, e, "2.718"),
    ],
)  # fmt: skip
def test_that_values_are_written_in_their_unit(unit: Unit, value: float | str, text: str) -> None:
    assert unit.write(value) == text


def test_that_choices_are_read_by_their_keys() -> None:
    measure = parse_measure("std(init=he-uniform, n=5)")
    assert dict(measure.left.arguments) == {"init": Initializer.HE_UNIFORM, "n": 5}
    assert dict(parse_measure("max_slope(activation=tanh)").left.arguments) == {"activation": Activation.TANH}
