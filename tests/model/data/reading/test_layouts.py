"""Layouts that people have data sets in: each is read as what it is, by folder, by file and by archive."""

from pathlib import Path

import numpy as np
import pytest

from model.data.datasets import Dataset, load_dataset
from model.data.orientation import Orientation
from tests.support.data_layouts import CLASSES, SHAPE, Layout, layouts, small, write

LAYOUTS = layouts()


def loaded(layout: Layout, folder: Path) -> Dataset:
    return load_dataset(write(layout, folder / "own"), Orientation.STORED)


@pytest.mark.parametrize("called", LAYOUTS)
def test_that_a_data_set_is_read_in_every_layout(called: str, tmp_path: Path) -> None:
    layout, parts = LAYOUTS[called], small()
    found = loaded(layout, tmp_path)
    assert (found.image_shape, found.classes, found.class_labels) == (SHAPE, CLASSES, tuple(range(CLASSES)))
    assert found.train_images.dtype == np.uint8
    assert found.files
    if layout.split:
        together = np.vstack([found.train_images, found.test_images])
        assert (len(found.train_labels), len(found.test_labels)) == (48, 8)
        assert sorted(map(bytes, together)) == sorted(map(bytes, parts.train_images.reshape(56, -1)))
        assert any("6 : 1" in note and "seed 0" in note for note in found.notes)
        return
    np.testing.assert_array_equal(found.train_images, parts.train_images.reshape(56, -1))
    np.testing.assert_array_equal(found.train_labels, parts.train_labels)
    np.testing.assert_array_equal(found.test_images, parts.test_images.reshape(14, -1))
    np.testing.assert_array_equal(found.test_labels, parts.test_labels)
    assert not found.notes


def test_that_there_are_as_many_layouts_as_were_tried() -> None:
    assert len(LAYOUTS) >= 49
