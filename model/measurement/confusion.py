"""Confusion matrix: how often images of each class are answered with each class."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.base.arrays import Array, Bytes, Index
from model.base.errors import InputError
from model.measurement.misclassified import answers, images_at_once
from model.network.network import Network


@dataclass(frozen=True, eq=False)
class Confusion:
    """Confusion of the classes of images, `labels`, with what a network answers, `answered`; (images,) both.

    `class_names` are what the classes are called, their numbers where nothing is given. Raises
    InputError where the two differ in length or have a class that is none of 0 to `classes` - 1.
    """

    labels: Index
    answered: Index
    classes: int
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.labels.shape != self.answered.shape:
            raise InputError(
                "There are {labels} labels for {answers} answers.",
                labels=f"{len(self.labels):,}",
                answers=f"{len(self.answered):,}",
            )
        for values in (self.labels, self.answered):
            strange = values[(values < 0) | (values >= self.classes)]
            if len(strange):
                raise InputError(
                    "Of {classes} classes none is called {strange}.", classes=self.classes, strange=int(strange[0])
                )

    def name(self, number: int) -> str:
        """What a class is called."""
        return self.class_names[number] if self.class_names else str(number)

    @cached_property
    def counts(self) -> Index:
        """Number of images, (classes, classes): a row is a true class, a column an answer."""
        pairs = np.bincount(self.labels * self.classes + self.answered, minlength=self.classes**2)
        return pairs.astype(np.intp).reshape(self.classes, self.classes)

    @cached_property
    def shares(self) -> Array:
        """Counts as shares (0..1) of their true class, (classes, classes); 0 throughout for a class without images."""
        totals = self.counts.sum(axis=1, keepdims=True)
        found: Array = self.counts / np.maximum(totals, 1)
        return found

    @cached_property
    def error_shares(self) -> Array:
        """The `shares` of wrong answers, (classes, classes); the diagonal is 0."""
        found: Array = np.where(np.eye(self.classes, dtype=bool), 0.0, self.shares)
        return found

    @property
    def right(self) -> int:
        """Number of images that are answered with their own class."""
        return int(np.trace(self.counts))

    @property
    def accuracy(self) -> float:
        """Share (0..1) of images that are answered with their own class; NaN without images."""
        return self.right / len(self.labels) if len(self.labels) else float("nan")

    @cached_property
    def worst(self) -> tuple[int, int] | None:
        """The commonest mistake, as (true class, answer); None if there is none."""
        wrong = self.counts - np.diag(np.diag(self.counts))
        if not wrong.any():
            return None
        true, answer = divmod(int(wrong.argmax()), self.classes)
        return true, answer

    def images(self, true: int, answer: int) -> Index:
        """Indices of the images of a class that are answered with `answer`, in ascending order."""
        found: Index = np.flatnonzero((self.labels == true) & (self.answered == answer))
        return found


def answers_in_steps(network: Network, images: Bytes) -> Iterator[Index]:
    """Yield the answers to `images`, (images, inputs), part by part in order; each takes some milliseconds."""
    step = images_at_once(network)
    for start in range(0, len(images), step):
        yield answers(network, images[start : start + step])
