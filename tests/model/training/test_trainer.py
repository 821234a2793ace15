"""The trainer: which records there are, what belongs to them, and what it leaves behind."""

import threading
from itertools import islice

import numpy as np
import pytest
from numpy.typing import NDArray

from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.records import Record
from model.nn.normalization import Norm
from model.nn.optimizers import Optimizer
from model.training.trainer import Trainer
from tests.support.reference_formulas import contents, right


def config_of(**settings: object) -> Config:
    return Config.from_json({"hidden": [8, 6], "batch_size": 20, "iterations": 60, "record_every": 7, **settings})


def evaluation_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread is not threading.main_thread()]


@pytest.mark.parametrize(
    ("iterations", "every", "expected"),
    [
        (0, 10, [0]),
        (1, 10, [0, 1]),
        (20, 10, [0, 10, 20]),
        (25, 10, [0, 10, 20, 25]),
        (3, 1, [0, 1, 2, 3]),
        (5, 1000, [0, 5]),
    ],
)
def test_that_records_come_at_the_start_every_so_often_and_at_the_end(
    iterations: int, every: int, expected: list[int], tiny: Dataset
) -> None:
    records = list(Trainer(config_of(iterations=iterations, record_every=every), tiny))
    assert [record.iteration for record in records] == expected


@pytest.mark.parametrize("hidden", [[], [1], [8, 6], [3] * 50])
@pytest.mark.parametrize("placement", Norm)
def test_that_any_depth_trains(hidden: list[int], placement: Norm, tiny: Dataset) -> None:
    # Gently: behind fifty batch norms of three units a gradient may well leave float32.
    hidden = [units + placement.over_units for units in hidden]  # the spread of one unit is 0: layer norm refuses it
    gentle = config_of(hidden=hidden, norm=placement, activation="tanh", learning_rate=1e-4)
    records = list(Trainer(gentle, tiny))
    assert [layer.name for layer in records[-1].layers] == [f"Layer {n}" for n in range(1, len(hidden) + 1)]
    assert all(0 <= record.test_accuracy <= 1 and 0 <= record.train_accuracy <= 1 for record in records)


@pytest.mark.parametrize("optimizer", Optimizer.kinds)
def test_that_every_optimiser_learns_what_is_easy(optimizer: str, tiny: Dataset) -> None:
    records = list(Trainer(config_of(hidden=[12], optimizer=optimizer, iterations=400, learning_rate=0.01), tiny))
    assert records[-1].test_accuracy > 0.9
    assert records[-1].loss < 0.5 * records[0].loss


def labels_of(trainer: Trainer) -> NDArray[np.intp]:
    """The labels of the last batch: where softmax minus one-hot is negative."""
    found: NDArray[np.intp] = trainer.network.gradients[-1].argmin(axis=1)
    return found


def test_that_images_of_a_batch_go_with_their_labels(tiny: Dataset) -> None:
    known = {image.tobytes(): label for image, label in zip(tiny.train_images, tiny.train_labels, strict=True)}
    assert len(known) == len(tiny.train_labels)
    for iterations in range(3):
        trainer = Trainer(config_of(iterations=iterations), tiny)
        list(trainer)  # its last pass is on the batch that is still there
        images = np.rint(trainer.network.affines[0].x * 255).astype(np.uint8)
        assert [known[image.tobytes()] for image in images] == labels_of(trainer).tolist()


def recorded(trainer: Trainer, dataset: Dataset) -> list[tuple[Record, float, float, float]]:
    """Each record with what the weights say that it had: test accuracy, loss and train accuracy by a plain pass."""
    network, found = trainer.network, []
    with trainer:
        while not trainer.done:
            test = right(network, dataset.test_images, dataset.test_labels) / len(dataset.test_labels)
            trainer.step()
            labels, logits = labels_of(trainer), network.logits.astype(float)
            shifted = logits - logits.max(axis=1, keepdims=True)
            chances = np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
            loss = float(-np.log(chances[np.arange(len(labels)), labels]).mean())
            train = float((logits.argmax(axis=1) == labels).mean())
            found += [(record, test, loss, train) for record in trainer.collect(wait=True) if record.tested]
    return found


@pytest.mark.parametrize("placement", Norm)
def test_that_a_record_belongs_to_the_weights_before_its_update(placement: Norm, tiny: Dataset) -> None:
    trainer = Trainer(config_of(norm=placement, numbers="float64", bn_momentum=0.5, learning_rate=0.02), tiny)
    found = recorded(trainer, tiny)
    assert [record.iteration for record, *_ in found] == [0, 7, 14, 21, 28, 35, 42, 49, 56, 60]
    assert len({record.test_accuracy for record, *_ in found}) > 2, "an accuracy that never moves proves nothing"
    for record, test, loss, train in found:
        assert record.test_accuracy == pytest.approx(test, abs=1e-12)
        assert record.loss == pytest.approx(loss, rel=1e-10)
        assert record.train_accuracy == pytest.approx(train, abs=1e-12)


def test_that_the_test_accuracy_of_mnist_is_that_of_the_whole_test_set(mnist: Dataset) -> None:
    trainer = Trainer(Config(iterations=60, record_every=30).replace(numbers="float64"), mnist)
    accuracies = [(record.test_accuracy, test) for record, test, *_ in recorded(trainer, mnist)]
    assert len(accuracies) == 3
    for got, expected in accuracies:
        assert got == pytest.approx(expected, abs=1e-9)
    assert accuracies[-1][0] > 0.7


def test_that_the_first_record_knows_nothing_yet(mnist: Dataset) -> None:
    (record,) = Trainer(Config(iterations=0, init="zeros"), mnist)  # type: ignore[arg-type]  # a name will do
    assert record.loss == pytest.approx(np.log(10), rel=1e-6)
    assert record.test_accuracy == 0.098, "equal logits answer 0, of which there are 980 among 10,000"


def test_that_a_network_of_zeros_keeps_equal_units_equal(mnist: Dataset) -> None:
    trainer = Trainer(Config(iterations=200).replace(init="zeros", activation="sigmoid"), mnist)
    list(trainer)
    first, second, output = (affine.weight.value for affine in trainer.network.affines)
    # To the rounding of float32: BLAS adds up the last columns of a product in another order than the others.
    for weights, equal in ((first, first[:, :1]), (second, second[:1, :1]), (output, output[:1])):
        assert np.abs(weights).max() > 0
        assert np.abs(weights - equal).max() < 1e-5 * np.abs(weights).max()
    assert np.ptp(output[0]) > 0.01, "classes do differ, by how frequent they are"


@pytest.mark.parametrize("taken", [0, 1, 3])
def test_that_an_abandoned_iteration_leaves_no_thread(taken: int, tiny: Dataset) -> None:
    before = evaluation_threads()
    records = iter(Trainer(config_of(iterations=10_000), tiny))
    assert len(list(islice(records, taken))) == taken
    del records
    assert evaluation_threads() == before


def test_that_closing_leaves_no_thread_and_may_be_done_twice(tiny: Dataset) -> None:
    before = evaluation_threads()
    trainer = Trainer(config_of(), tiny)
    for _ in range(3):
        trainer.step()
    trainer.close()
    trainer.close()
    assert evaluation_threads() == before


def test_that_a_whole_run_leaves_no_thread(tiny: Dataset) -> None:
    before = evaluation_threads()
    list(Trainer(config_of(), tiny))
    assert evaluation_threads() == before


def test_that_progress_is_told(tiny: Dataset) -> None:
    with Trainer(config_of(iterations=3), tiny) as trainer:
        told = []
        while not trainer.done:
            told.append((trainer.iteration, trainer.updates))
            trainer.step()
            trainer.collect(wait=True)
        assert told == [(0, 0), (1, 1), (2, 2), (3, 3)]
        assert trainer.updates == 3


def test_that_a_peek_is_what_a_record_there_would_be(tiny: Dataset) -> None:
    every = list(Trainer(config_of(record_every=1, iterations=12, activation="tanh"), tiny))
    with Trainer(config_of(record_every=100, iterations=12, activation="tanh"), tiny) as trainer:
        for record in every[:-1]:
            assert contents(trainer.peek()) == contents(record)
            trainer.step()
            trainer.collect(wait=True)
        assert contents(trainer.peek()) == contents(every[-1])
        trainer.step()
        trainer.collect(wait=True)
        assert trainer.done
        assert contents(trainer.peek()) == contents(every[-1])


def test_that_a_record_survives_the_run_unchanged(tiny: Dataset) -> None:
    records, copies = [], []
    for record in Trainer(config_of(), tiny):
        records.append(record)
        copies.append(contents(record))
    assert [contents(record) for record in records] == copies


@pytest.mark.parametrize("placement", Norm)
def test_that_without_pictures_all_but_the_histograms_is_the_same(placement: Norm, tiny: Dataset) -> None:
    config = config_of(norm=placement.key, record_every=3)
    with_pictures, without = (list(Trainer(config, tiny, pictures=pictures)) for pictures in (True, False))
    assert all(record.pictured for record in with_pictures[:3])
    assert not any(record.pictured for record in without)
    assert [contents(record) for record in without] == [contents(record.bare()) for record in with_pictures]
