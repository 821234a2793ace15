"""Makes a data set of what its files hold: classes counted from 0, images as bytes, a note on each change."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base.arrays import Bytes, Index
from model.base.errors import InputError
from model.base.language import Later, Message, message
from model.base.number_format import count
from model.data.orientation import Orientation
from model.data.reading.contents import Contents, Labelled
from model.data.reading.gray_bytes import exchanged, gray_bytes
from model.data.reading.opening import Opened, open_set
from model.data.reading.roles import ROLES, TEST, TRAINING, Role

MOST_CLASSES = 1_000
TRAINING_SHARE, SPLIT_SEED = 6, 0  # parts of seven, as in MNIST
EXCHANGED = message("Rows and columns are exchanged.")
BY_NAME = message("Rows and columns are exchanged, as in all files of EMNIST.")


class ReadSet(NamedTuple):
    """A data set as `Dataset` is made of it, in the same order."""

    name: str
    train_images: Bytes
    train_labels: Index
    test_images: Bytes
    test_labels: Index
    image_shape: tuple[int, int]
    classes: int
    class_labels: tuple[int, ...]
    remarks: tuple[Message, ...]
    sources: tuple[tuple[str, str], ...]


def read_set(place: str, orientation: Orientation) -> ReadSet:
    """Read the data set at a place; raises InputError that names the file and its fault."""
    opened = open_set(place)
    contents, split_note = _with_test(opened.contents)
    assert contents.test
    both = (contents.training, contents.test)
    made, notes = gray_bytes([part.images for part in both], [part.name for part in both])
    images = list(made)
    _check_shapes(both, [stack.shape[1:] for stack in images])
    exchanges = orientation.exchanges(opened.origins)
    if exchanges:
        images = [exchanged(stack) for stack in images]
        notes.append(Message(BY_NAME if orientation is Orientation.BY_NAME else EXCHANGED))
    classes, (train_labels, test_labels) = _counted(both)
    height, width = images[0].shape[1:]
    return ReadSet(
        opened.name,
        images[0].reshape(len(images[0]), -1),
        train_labels,
        images[1].reshape(len(images[1]), -1),
        test_labels,
        (height, width),
        len(classes),
        tuple(classes.tolist()),
        (*contents.notes, *split_note, *notes),
        _files(opened),
    )


def _files(opened: Opened) -> tuple[tuple[str, str], ...]:
    found = opened.found
    splits = [split for split in (TRAINING, TEST, "") if split in found.tables]
    tables = [(split or "all images", found.tables[split].path) for split in splits]
    arrays = [(str(role).strip(), found.arrays[role].path) for role in sorted(found.arrays, key=_order)]
    return (*arrays, *tables)


def _order(role: Role) -> int:
    return ROLES.index(role) if role in ROLES else 0


def _with_test(contents: Contents) -> tuple[Contents, list[Message]]:
    """With test images: a seventh of the others where the files have none, chosen by a seed that is always the same."""
    if contents.test:
        return contents, []
    whole = contents.training
    images = len(whole.images)
    test = images // (TRAINING_SHARE + 1)
    if not test:
        raise InputError(
            "{file} has {images} images, too few to keep some of them to test with.", file=whole.name, images=images
        )
    # NumPy keeps what this older generator draws the same in all its versions.
    order = np.random.RandomState(SPLIT_SEED).permutation(images)
    parts = (np.sort(order[test:]), np.sort(order[:test]))
    training, held = (whole._replace(images=whole.images[part], labels=whole.labels[part]) for part in parts)
    note = Message(
        "All images are in {name}: {training} of them, chosen with seed {seed}, are to train on, and {test} to test "
        "with (6 : 1).",
        name=whole.name,
        training=Later(count, images - test),
        test=Later(count, test),
        seed=SPLIT_SEED,
    )
    return Contents(training, held, contents.notes), [note]


def _check_shapes(both: tuple[Labelled, Labelled], shapes: list[tuple[int, ...]]) -> None:
    if shapes[0] != shapes[1]:
        training, test = (" x ".join(map(str, shape)) for shape in shapes)
        raise InputError(
            "{test_file} has images of {test} where {training_file} has {training}.",
            test_file=both[1].name,
            test=test,
            training_file=both[0].name,
            training=training,
        )


def _counted(both: tuple[Labelled, Labelled]) -> tuple[NDArray[np.int64], list[Index]]:
    """The labels that occur, ascending, and both sets' labels as their places among these; raises InputError."""
    training, test = both
    classes = np.unique(training.labels)
    if len(classes) < 2:  # one class leaves nothing to learn
        raise InputError(
            "{file} has only one class, {label}; nothing can be learned from it.",
            file=training.labels_name,
            label=classes[0],
        )
    if len(classes) > MOST_CLASSES:
        found, most = f"{len(classes):,}", f"{MOST_CLASSES:,}"
        raise InputError(
            "{file} has {classes} classes; at most {most} can be opened.",
            file=training.labels_name,
            classes=found,
            most=most,
        )
    strange = test.labels[~np.isin(test.labels, classes)]
    if len(strange):
        raise InputError(
            "{file} has the label {label}, which no training image has.", file=test.labels_name, label=strange[0]
        )
    return classes, [np.searchsorted(classes, part.labels).astype(np.intp) for part in both]
