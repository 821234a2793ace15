"""Roles of files and arrays in a data set, told by their names: training or test, images or labels."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from model.base.language import message, tr
from model.base.sentences import listed as in_a_row

TRAINING, TEST = "training", "test"
IMAGES, LABELS = "images", "labels"
# Whatever a file may hold, in the words that notes and errors have for it.
CONTENTS = (
    message("training images"),
    message("training labels"),
    message("test images"),
    message("test labels"),
    message("images"),
    message("labels"),
    message("training"),
    message("test"),
    message("all images"),
)


class Role(NamedTuple):
    """What a file holds: images or labels, to train on or to test with."""

    split: str
    kind: str

    def __str__(self) -> str:
        return f"{self.split} {self.kind}"


ROLES = tuple(Role(split, kind) for split in (TRAINING, TEST) for kind in (IMAGES, LABELS))
# The name that MNIST's authors gave each file.
PUBLISHED = dict(
    zip(
        ROLES,
        ("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
        strict=True,
    )
)
# xtrain, trainimages, t10k, test10k, ytest, training …
WORD = re.compile(
    r"(?P<axis>x|y)?(?P<split>train(?:ing)?|test(?:ing)?|te?s?t?\d+k|tra|tes|valid(?:ation)?|val)"
    r"(?P<kind>images?|imgs?|labels?|lbls?|targets?|x|y)?"
)
KINDS = {
    IMAGES: {"images", "image", "imgs", "img", "x", "pixels", "data", "features"},
    LABELS: {"labels", "label", "lbls", "y", "targets", "target", "classes"},
}
BY_DIMENSIONS = {"idx3": IMAGES, "idx4": IMAGES, "idx1": LABELS, "idx2": LABELS}
FORMAT_WORDS = {"idx", *BY_DIMENSIONS, "ubyte", "byte", "int", "gz", "gzip", "npy", "npz", "csv", "arr", "set", "bin"}
SIZE = re.compile(r"\d+k?(x\d+k?)*|x")  # "60k x 784", which the labels have otherwise
VALIDATION = "validation"


@dataclass(frozen=True)
class NameWords:
    """What a name says: its `split` and `kind`, '' where it does not say, and its other words."""

    split: str
    kind: str
    others: tuple[str, ...]


def words_of(name: str) -> NameWords:
    """Read a name."""
    split = kind = dimensions = ""
    others: list[str] = []
    for word in re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()):
        found = WORD.fullmatch(word)
        if found and not split:
            split = _split(found["split"])
            kind = kind or _kind(found["kind"] or found["axis"] or "")
        elif _kind(word) and not kind:
            kind = _kind(word)
        elif word in BY_DIMENSIONS:
            dimensions = BY_DIMENSIONS[word]
        elif word not in FORMAT_WORDS and not SIZE.fullmatch(word):
            others.append(word)
    return NameWords(split, kind or dimensions, tuple(others))


def _split(word: str) -> str:
    if word.startswith("val"):
        return VALIDATION
    return TRAINING if word.startswith("tra") else TEST


def _kind(word: str) -> str:
    return next((kind for kind, words in KINDS.items() if word in words), "")


@dataclass(frozen=True)
class PathWords:
    """What a path says: its role, '' where it does not say, and what the files of one data set have in common.

    `folder` are the folders above that say nothing of the role, `stem` the other words of the name.
    """

    split: str
    kind: str
    folder: tuple[str, ...]
    stem: str


def path_words(parts: tuple[str, ...]) -> PathWords:
    """Read a path; what the file's own name does not say, the folders above it may."""
    own = words_of(parts[-1])
    split, kind = own.split, own.kind
    folder: list[str] = []
    for part in reversed(parts[:-1]):
        above = words_of(part)
        if above.split or (above.kind and above.kind in (IMAGES, LABELS) and not above.others):
            split, kind = split or above.split, kind or above.kind
        else:
            folder.insert(0, part)
    return PathWords(split, kind, tuple(folder), "-".join(own.others))


def listed(texts: Iterable[object]) -> str:
    """Write texts in a row: a, b and c."""
    *some, last = map(str, texts)
    return tr("{first} and {last}", first=in_a_row(*some), last=last) if some else last
