"""The text size of the system's settings, as a multiple of usual text."""

import pytest

from gui.style.text_size import NORMAL, STEPS, of_points


@pytest.mark.parametrize(
    ("points", "platform", "times"),
    [
        (9.0, "windows", 1.0),
        (13.5, "windows", 1.5),  # Settings > Accessibility > Text size: 150 %
        (18.0, "windows", 2.0),
        (9.0, "xcb", 1.0),
        (10.0, "xcb", 1.0),  # KDE's
        (11.0, "wayland", 1.0),  # GNOME's
        (16.5, "wayland", 1.5),
        (13.0, "cocoa", 1.0),
        (-1.0, "xcb", 1.0),  # a font in pixels
    ],
)
def test_that_the_systems_text_counts_as_a_multiple_of_usual_text(points: float, platform: str, times: float) -> None:
    assert of_points(points, platform) == pytest.approx(times)


def test_that_no_setting_of_the_system_makes_the_window_useless() -> None:
    assert of_points(200.0, "xcb") == STEPS[-1]
    assert of_points(1.0, "windows") == STEPS[0]
    assert STEPS[0] < NORMAL < STEPS[-1]
