"""Every word on the screen is asked for in the catalogue: in a language of other letters, no plain ones are left.

In a process of its own, through all pages, views, tabs, lessons, the clinic, dialogs and menus.
"""

import re
from pathlib import Path

import pytest

from tests.support.screens import Screen, run_on

WALK = """
import json, time
from model.base.language import use_catalogue
from tests.support.pseudo_language import CODE, PseudoCatalogue
use_catalogue(CODE, PseudoCatalogue())
from model.config.config import Config
from tests.support.patience import PATIENCE
from tests.support.visible_texts import visible_texts
from tests.support.window_page import WindowPage
from tests.support.window_walk import every_place

def wait(done):
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        application.processEvents()

def main():
    window = WindowPage.started(folder / "settings.json")
    window.show()
    seen = {text: "at the start" for text in visible_texts()}
    window.complete()
    wait(window.run.is_ready)
    window.resize(1600, 1000)
    for text in visible_texts():
        seen.setdefault(text, "before the first run")
    for settings in {settings}:
        window.take_config(Config(batch_size=10, iterations=12, **settings))
        window.train()
        wait(window.run.has_ended)
    for place, widget in every_place(window, wait):
        for text in visible_texts(step=90):
            seen.setdefault(text, place)
    window.close()
    print(json.dumps(seen))

main()
"""
# What is the same in all languages: names, formulas, keys, units, what people type and what files are called.
SAME = re.compile(
    r"https?://\S+|/[\w./-]+|\b[\w-]+\.(?:json|db|layerscope|csv|png|svg|pdf|gz|toml|md)\b|--[a-z-]+"
    r"|\b(?:Layerscope|MNIST|NumPy|PySide6|pyqtgraph|Qt|Python|TensorBoard|JSON|CSV|SQLite)\b"
    r"|\b(?:Ctrl|Alt|Shift|Esc|Tab|Enter|Return|Home|End|Left|Right|Up|Down|Del|Backspace|Space|PgUp|PgDown|F\d+)\b"
    r"|\b(?:kB|MB|GB|px|RMS|He|ln|exp|log|std|float32|float64|max|min)\b"
)
PLAIN = re.compile(r"[A-Za-z]{2,}")


def plain_words(text: str) -> list[str]:
    """The words of a text in letters of English, without what is the same everywhere."""
    return PLAIN.findall(SAME.sub("", re.sub(r"<[^<>]*>|&[a-z]+;", " ", text)))


@pytest.mark.parametrize(
    "settings",
    [
        [{}, {"seed": 2}],
        [{"hidden": (20,) * 10, "activation": "sigmoid", "init": "gauss"}, {"learning_rate": 10.0, "init": "zeros"}],
        [{"norm": "batch", "residual": "on", "hidden": (20,) * 4}, {"loss": "squared-error", "hidden": ()}],
    ],
    ids=["healthy runs", "a sick and a diverged run", "normalisation and residual connections"],
)
def test_that_every_word_on_the_screen_is_in_the_catalogue(tmp_path: Path, settings: list[dict[str, object]]) -> None:
    seen: dict[str, str] = run_on([Screen(1600, 1000)], tmp_path, WALK.replace("{settings}", repr(settings)))
    wrong = sorted({f"{place}: {text}" for text, place in seen.items() if plain_words(text)})
    assert len(seen) > 500
    assert not wrong, "\n".join(wrong)


def test_that_plain_words_are_found_and_names_are_not() -> None:
    assert plain_words("⟦Ĺàýèŕ 3~~⟧ (Ctrl+K) MNIST /home/me/a.csv <b>x</b>") == []
    assert plain_words("⟦Ĺàýèŕ~~⟧ of the") == ["of", "the"]
