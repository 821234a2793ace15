"""The scale of signed values: signs can be told without telling colours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.diverging_scale import FAINT, HATCH, STEPS, hatched
from model.base.arrays import Array


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2 * STEPS))
def test_that_only_negative_values_are_hatched_and_stay_negative(rows: int, columns: int, value: int) -> None:
    picture = np.full((rows, columns), value, np.uint8)
    made = hatched(picture)
    if value >= STEPS:
        assert (made == picture).all()
        return
    y, x = np.indices(picture.shape)
    on_line = (x + y) % HATCH == 0
    assert (made[~on_line] == value).all()
    assert (made[on_line] == STEPS - (STEPS - value) // FAINT).all()
    assert (made <= STEPS).all()


def test_that_a_cell_of_four_pixels_shows_which_sign_it_has() -> None:
    signs: Array = np.array([1, -1])
    for corner in range(HATCH):
        for sign in signs:
            whole = hatched(np.full((HATCH + 3, HATCH + 3), STEPS + int(sign) * STEPS, np.uint8))
            cell = whole[corner : corner + 3, 0:3]
            assert (len(np.unique(cell)) > 1) == (sign < 0)
