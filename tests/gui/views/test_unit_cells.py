"""Cells: one for every unit in whatever room there is, in shades that fall with the decades."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.plots.diverging_scale import GROUND, LINE, STEPS
from gui.views.digit.unit_cells import block, delta_indices, fit_cells, lowest


@given(st.integers(1, 2000), st.integers(24, 300), st.integers(12, 90))
def test_that_every_unit_has_a_cell_of_its_own(units: int, width: int, height: int) -> None:
    cells = fit_cells(units, width, max(height, lowest(units, width)))
    assert cells.size[0] <= width
    assert cells.size[1] <= max(height, lowest(units, width))
    shades = (np.arange(units) % 250).astype(np.uint8)
    picture = block(shades, cells)
    assert picture.shape == cells.size[::-1]
    assert {LINE} == set(picture[0].tolist()) == set(picture[:, 0].tolist())
    for unit in (0, units // 2, units - 1):
        row, column = divmod(unit, cells.columns)
        x, y = 1 + column * cells.width, 1 + row * cells.height
        assert picture[y, x] == shades[unit]
        assert cells.at(x + 0.5, y + 0.5) == unit
    if cells.columns * cells.rows > units:
        assert picture[1 + (cells.rows - 1) * cells.height, -1 - cells.width] in (GROUND, LINE)


def test_that_shades_of_delta_fall_with_its_decades() -> None:
    delta = np.array([1.0, -1.0, 0.1, -0.01, 1e-3, 1e-4, -1e-9, 0.0, np.inf, np.nan])
    expected = [1, -1, 0.75, -0.5, 0.25, 0, 0, 0, 1, 0]
    found = delta_indices(delta, 1.0).astype(int) - STEPS
    assert found.tolist() == [round(share * STEPS) for share in expected]
    assert (delta_indices(delta[:3], 0.0) == STEPS).all()
