"""No text is cut off at 125, 150 and 200 %, with large text, on a 4K screen or the second of two, in any language: in
processes of their own, through all pages, views, tabs, lessons, the clinic and dialogs."""

from pathlib import Path

import pytest

from model.base.language import ENGLISH, languages
from tests.support.screens import Screen, run_on

WALK = """
import json, time
from model.base.language import language
from model.config.config import Config
from tests.support.clipped_texts import cut_off
from tests.support.patience import PATIENCE
from tests.support.window_page import WindowPage
from tests.support.window_walk import every_place, settle

def wait(done):
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        application.processEvents()

def main():
    settings, spoken = folder / "settings.json", language()
    settings.write_text(json.dumps({{"language": spoken}}))
    window = WindowPage.started(settings)
    assert language() == spoken
    window.show()
    window.complete()
    wait(window.run.is_ready)
    {size}
    for seed in (1, 2):
        window.take_config(Config(hidden=(20,) * {layers}, batch_size=10, iterations=6, seed=seed))
        window.train()
        wait(window.run.has_ended)
    if {text} != 1.0:
        window.choose_text({text})
    seen, found = [], []
    for place, widget in every_place(window, {wait}):
        for _ in range(4):  # pages grow by what each part turns out to need
            cut = cut_off(widget)
            if not cut:
                break
            settle(window)
        room = widget.screen().availableGeometry()
        if not room.adjusted(-1, -1, 1, 1).contains(widget.frameGeometry()):  # scales that are rounded
            cut.append(f"{{widget.frameGeometry()}} leaves the screen")
        seen.append(place)
        found += [f"{{place}}: {{each}}" for each in cut]
    window.close()
    print(json.dumps([seen, found]))

main()
"""
MAXIMISED, SMALL = "window.widget.showMaximized()", "window.resize(960, 640)"


def walked(  # noqa: PLR0913  each is one thing that a screen may be
    screens: list[Screen],
    folder: Path,
    *,
    size: str = MAXIMISED,
    layers: int = 3,
    text: float = 1.0,
    results: bool = False,
    language: str = ENGLISH,
    environment: dict[str, str] | None = None,
) -> list[str]:
    """What is cut off anywhere in a window on these screens."""
    script = WALK.format(size=size, layers=layers, text=text, wait="wait" if results else None)
    seen, found = run_on(screens, folder, script, language, **(environment or {}))
    assert len(seen) > 30
    return [str(each) for each in found]


@pytest.mark.parametrize(
    ("screen", "environment"),
    [
        (Screen(1920, 1080), {"QT_SCALE_FACTOR": "1.25"}),
        (Screen(1600, 1000, dpi=144), {}),
        (Screen(2560, 1440), {"QT_SCALE_FACTOR": "2"}),
        (Screen(3840, 2160), {}),
    ],
    ids=str,
)
def test_that_no_text_is_cut_off_at_any_scale(tmp_path: Path, screen: Screen, environment: dict[str, str]) -> None:
    found = walked([screen], tmp_path, environment=environment)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("layers", [10, 30])
def test_that_no_text_of_many_layers_is_cut_off_in_a_small_window(tmp_path: Path, layers: int) -> None:
    found = walked([Screen(1024, 720)], tmp_path, size=SMALL, layers=layers)
    assert not found, "\n".join(found)


def test_that_no_text_is_cut_off_with_large_text_on_a_scaled_screen(tmp_path: Path) -> None:
    found = walked([Screen(2560, 1440, dpi=120)], tmp_path, text=1.5, results=True)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("screen", "results"), [(Screen(1366, 768), False), (Screen(2560, 1440), True)], ids=str)
def test_that_no_text_is_cut_off_at_twice_the_text_size(tmp_path: Path, screen: Screen, *, results: bool) -> None:
    found = walked([screen], tmp_path, text=2.0, results=results)
    assert not found, "\n".join(found)


def test_that_no_text_is_cut_off_on_the_second_of_two_screens(tmp_path: Path) -> None:
    screens = [Screen(1366, 768), Screen(3840, 2160, dpi=192, x=1366)]
    moved = "window.widget.setGeometry(application.screens()[1].availableGeometry().adjusted(20, 40, -20, -20))"
    found = walked(screens, tmp_path, size=moved)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", [each for each in languages() if each != ENGLISH])
@pytest.mark.parametrize(
    ("screen", "size", "layers", "text"),
    [
        (Screen(1366, 768), MAXIMISED, 3, 1.0),
        (Screen(1366, 768), MAXIMISED, 3, 1.5),
        (Screen(1024, 720), SMALL, 10, 1.0),
        (Screen(1024, 720), SMALL, 10, 1.5),
        (Screen(2560, 1440), MAXIMISED, 3, 2.0),
    ],
    ids=str,
)
def test_that_no_text_is_cut_off_in_any_language(
    tmp_path: Path, language: str, screen: Screen, size: str, layers: int, text: float
) -> None:
    found = walked([screen], tmp_path, size=size, layers=layers, text=text, results=True, language=language)
    assert not found, "\n".join(found)
