"""The confusion matrix against counting one image after the other, and against the accuracy of the evaluator."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.arrays import Index
from model.base.errors import InputError
from model.config.config import Config
from model.data.datasets import Dataset
from model.measurement.confusion import Confusion, answers_in_steps
from model.measurement.misclassified import answers
from model.network.evaluator import Examiner
from model.network.network import Network
from model.nn.normalization import Norm
from model.training.trainer import Trainer


@st.composite
def confusions(draw: st.DrawFn) -> Confusion:
    """Any labels and answers, of up to 47 classes; some classes may have no image."""
    classes = draw(st.integers(2, 47))
    pairs = draw(st.lists(st.tuples(*[st.integers(0, classes - 1)] * 2), min_size=1, max_size=80))
    labels, answered = (np.array(values, np.intp) for values in zip(*pairs, strict=True))
    return Confusion(labels, answered, classes)


def network_of(dataset: Dataset, norm: Norm = Norm.NONE) -> Network:
    """A network that has learned a little and forgotten some of it."""
    with Trainer(Config(hidden=(8, 6), norm=norm, batch_size=10, iterations=6), dataset) as trainer:
        list(trainer)
        network = trainer.network
    network.theta += np.random.default_rng(3).normal(0, 0.5, network.theta.size).astype(network.dtype)
    return network


@given(confusions())
def test_that_every_image_is_counted_once_and_where_it_belongs(found: Confusion) -> None:
    expected = np.zeros((found.classes, found.classes), int)
    for true, answer in zip(found.labels.tolist(), found.answered.tolist(), strict=True):
        expected[true, answer] += 1
    assert (found.counts == expected).all()
    assert found.counts.sum() == len(found.labels)
    assert (found.counts.sum(axis=1) == np.bincount(found.labels, minlength=found.classes)).all()


@given(confusions())
def test_that_the_trace_is_the_accuracy(found: Confusion) -> None:
    assert found.accuracy == np.mean(found.labels == found.answered)
    assert found.right == round(found.accuracy * len(found.labels))


@given(confusions())
def test_that_shares_are_of_the_true_class_and_errors_what_is_off_the_diagonal(found: Confusion) -> None:
    present = np.bincount(found.labels, minlength=found.classes) > 0
    np.testing.assert_allclose(found.shares.sum(axis=1), present)
    np.testing.assert_allclose(found.error_shares.sum(axis=1) + np.diag(found.shares), present)
    assert not np.diag(found.error_shares).any()


@given(confusions())
def test_that_the_cells_hold_all_images_and_none_twice(found: Confusion) -> None:
    places = [(true, answer) for true in range(found.classes) for answer in range(found.classes)]
    held: list[int] = []
    for true, answer in places:
        images = found.images(true, answer).tolist()
        assert len(images) == found.counts[true, answer]
        assert images == sorted(images)
        assert all((found.labels[at], found.answered[at]) == (true, answer) for at in images)
        held += images
    assert sorted(held) == list(range(len(found.labels)))


@given(confusions())
def test_that_no_mistake_is_commoner_than_the_worst(found: Confusion) -> None:
    wrong = [found.counts[true, answer] for true, answer in np.ndindex(found.counts.shape) if true != answer]
    if found.worst is None:
        assert found.accuracy == 1
    else:
        assert found.worst[0] != found.worst[1]
        assert found.counts[found.worst] == max(wrong) > 0


@pytest.mark.parametrize("norm", Norm)
def test_that_the_test_set_is_counted_as_the_evaluator_does(tiny: Dataset, norm: Norm) -> None:
    network = network_of(tiny, norm)
    answered = np.concatenate(list(answers_in_steps(network, tiny.test_images)))
    found = Confusion(tiny.test_labels, answered, tiny.classes)
    assert found.counts.sum() == len(tiny.test_labels)
    assert found.accuracy == Examiner(network, tiny.test_set).accuracy(network)
    assert found.worst is not None


@pytest.mark.parametrize("at_once", [1, 10, 500])
def test_that_steps_of_any_size_give_the_same_answers(
    tiny: Dataset, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = network_of(tiny)
    monkeypatch.setattr("model.measurement.misclassified.MOST_IMAGES", at_once)
    steps = list(answers_in_steps(network, tiny.test_images))
    assert len(steps) == -(-len(tiny.test_labels) // at_once)
    assert (np.concatenate(steps) == answers(network, tiny.test_images)).all()


def index(*values: int) -> Index:
    return np.array(values, np.intp)


def test_that_labels_and_answers_must_fit_each_other_and_the_classes() -> None:
    with pytest.raises(InputError, match=r"2 labels for 1 answers\."):
        Confusion(index(0, 1), index(0), 2)
    with pytest.raises(InputError, match=r"Of 2 classes none is called 2\."):
        Confusion(index(0, 1), index(0, 2), 2)
    with pytest.raises(InputError, match=r"none is called -1\."):
        Confusion(index(-1, -1), index(0, 1), 2)


def test_that_without_images_there_is_no_accuracy() -> None:
    empty = Confusion(index(), index(), 3)
    assert np.isnan(empty.accuracy)
    assert empty.worst is None
    assert not empty.counts.any()
