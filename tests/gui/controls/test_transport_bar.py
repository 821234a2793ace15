"""The transport bar: how fast a run goes."""

import pytest

from gui.controls.transport_bar import Rate


def test_that_the_rate_is_that_of_the_last_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr("gui.controls.transport_bar.monotonic", lambda: now)
    rate = Rate()
    assert rate.read(0) == 0
    for reading in range(1, 40):
        now += 0.5
        told = rate.read(reading * 500)
    assert told == pytest.approx(1000)
    now += 0.5
    assert rate.read(39 * 500) == told, "nothing new, nothing to tell"
    rate.restart(0)
    assert rate.read(0) == 0
