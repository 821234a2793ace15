"""Exports and sentences of a data set whose classes have labels of their own."""

import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import numpy as np
import pytest

from model.config.config import Config
from model.config.recipe import Recipe
from model.data.datasets import load_dataset
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition
from model.exports.csv import csv_of
from model.exports.jsonl import jsonl_of
from model.exports.npz import npz_of
from model.history.run_log import RunLog
from model.measurement.confusion import Confusion
from model.nn.initializers import Initializer
from model.training.replay import train_recipe
from model.training.trainer import Trainer
from tests.support.data_layouts import Layout, four, small, write

OWN = (5, 8, 11, 14)


@pytest.fixture
def place(tmp_path: Path) -> str:
    parts = small()
    own = parts._replace(train_labels=parts.train_labels * 3 + 5, test_labels=parts.test_labels * 3 + 5)
    return write(Layout(four(own)), tmp_path / "letters")


@pytest.fixture
def trained(place: str) -> tuple[Recipe, RunLog]:
    recipe = Recipe(Config(hidden=(4,), iterations=20, batch_size=7, record_every=5, data=place))
    return recipe, train_recipe(recipe, load_dataset(place))


def test_that_csv_and_json_lines_have_the_labels(trained: tuple[Recipe, RunLog]) -> None:
    rows = [row["answer"] for row in csv.DictReader(StringIO(csv_of(trained[1]).decode())) if row["answer"]]
    lines = [json.loads(line) for line in jsonl_of(*trained).decode().splitlines()]
    answers = [line["answer"] for line in lines if "answer" in line]
    assert rows
    assert answers
    assert {*map(int, rows), *answers} <= set(OWN)


def test_that_the_weights_say_which_label_each_output_has(trained: tuple[Recipe, RunLog]) -> None:
    with np.load(BytesIO(npz_of(*trained))) as arrays:
        assert arrays["labels"].tolist() == list(OWN)
        assert arrays["output_weight"].shape[1] == len(OWN)


def test_that_a_dead_network_is_said_to_answer_a_label(place: str) -> None:
    dataset = load_dataset(place)
    config = Config(hidden=(4,) * 6, init=Initializer.GAUSS, iterations=2_000, batch_size=50, data=place)
    diagnosis = Diagnosis(config, dataset.class_shares, dataset.train_shares, dataset.class_labels)
    for record in Trainer(config, dataset):
        verdict = diagnosis.read(record)
    assert verdict.condition is Condition.DEAD
    answer = verdict.figures["answer"]
    assert isinstance(answer, int)
    assert answer in OWN
    assert verdict.figures["class_share"] == dataset.class_shares[OWN.index(answer)]
    assert f"It answers {answer} to every image" in verdict.sentence


def test_that_a_confusion_names_its_classes() -> None:
    labels, answered = np.array([0, 1, 1]), np.array([1, 1, 0])
    assert Confusion(labels, answered, 2, ("5", "8")).name(1) == "8"
    assert Confusion(labels, answered, 2).name(1) == "1"
