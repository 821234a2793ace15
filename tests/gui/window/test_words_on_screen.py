"""Every word on the screen is asked for in the catalogue: in a language of other letters, no plain ones are left.

In processes of their own that speak a third language, through all pages, views, tabs, lessons, dialogs and commands.
"""

import re
from pathlib import Path

import pytest

from model.base.blas import numpy_blas, vector_instructions
from tests.support.screens import Screen, run_on
from tests.support.third_language import add_third_language

BEGINNING = """
import json, time
import pytest
from model.base import user_paths
user_paths.RESOURCES = folder / "resources"
from gui.clinic.visit import VisitPhase
from gui.window.crash_commands import CrashBar, CrashCommands
from gui.window.second_start import SecondStartCommands, question
from gui.window.window_language import LanguageCommands
from model.base.crash_reports import CrashReports
from model.base.language import language
from model.clinic.therapies import Therapy
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from tests.support.clinic_page import ClinicPage, patient_of
from tests.support.asides import Asides, PseudoTranslator, drawn_texts
from tests.support.patience import PATIENCE
from tests.support.pseudo_language import CODE
from tests.support.visible_texts import visible_texts
from tests.support.window_page import WindowPage
from tests.support import window_walk

STEP = 90  # pixels between two places under the mouse
seen = {}

def wait(done):
    end = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < end
        application.processEvents()

def look(place, widget):
    for text in (*visible_texts(step=STEP), *drawn_texts(widget), *asides.texts):
        seen.setdefault(asides.without_columns(text), place)
    for name in window.page.tables() if window.has_plots() else ():
        seen.setdefault(name, f"{place}: names of tables")

def add_commands(window):
    window.entries += LanguageCommands(window.preferences, window.keep_preferences, window.tell).commands()
    window.entries += SecondStartCommands(window, window.preferences, window.keep_preferences).commands()
    window.entries += CrashCommands(CrashReports(folder / "crashes"), window.preferences, window).commands()

def begin():
    path = folder / "settings.json"
    path.write_text(json.dumps({"language": CODE}))
    window = WindowPage.started(path, add_commands)
    assert language() == CODE
    application.installTranslator(translator)
    window.show()
    return window

def train(settings):
    window.take_config(Config.from_json({"batch_size": 10, "iterations": 12, **settings}))
    window.train()
    wait(window.run.has_ended)

with pytest.MonkeyPatch.context() as patch:
    asides, translator = Asides(patch, folder), PseudoTranslator()
    window = begin()
    look("at the start", window.widget)
    window.complete()
    wait(window.run.is_ready)
    window.resize(1600, 1000)
    look("before the first run", window.widget)
"""
PLACES = """
    for settings in {settings}:
        train(settings)
    for place, widget in window_walk.every_place(window, wait):
        look(place, widget)
"""
LESSONS = """
    for place, widget in window_walk.lessons(window):
        look(place, widget)
"""
COMMANDS = """
    for settings in {settings}:
        train(settings)
    for made in (CrashBar(Path("crash-20261129-230000-0.txt")), question()):
        made.show()
        look(type(made).__name__, made)
        made.close()
    but, before = ["quit", "lesson"], lambda: asides.close_boxes(visible_texts)
    for place, widget in window_walk.commands(window, wait, but, before):
        look(place, widget)
"""
CURES = """
    train({**{settings}[0], "iterations": 100})
    window.trigger("Find a cure")
    window_walk.settle(window)
    look("while cures are tried", window.widget)
    wait(lambda: not window.cures.is_busy())
    window_walk.settle(window)
    look("cures", window.widget)
    sick = Config.from_json({"batch_size": 10, "iterations": 120, **{settings}[0]})
    clinic = ClinicPage(window, [patient_of(sick, Condition.DEAD, Cause.SLOPE, Therapy.ACTIVATION)])
    wait(clinic.panel.next.isVisible)
    clinic.panel.next.click()
    wait(lambda: clinic.visit.has_begun and window.run.has_ended())
    clinic.look()
    look("a patient", window.widget)
    clinic.fill_in(Condition.DEAD, Cause.SLOPE, Therapy.HIGHER_RATE)
    clinic.panel.form.say.click()
    clinic.look()
    look("a patient who is treated", window.widget)
    wait(lambda: clinic.look() or clinic.visit.phase is VisitPhase.TOLD)
    look("what the therapy did", window.widget)
"""
END = """
    window.close()
    print(json.dumps(seen))
"""
HEALTHY = [{}, {"seed": 2}]
SICK = [{"hidden": [20] * 10, "activation": "sigmoid", "init": "gauss"}, {"learning_rate": 10.0, "init": "zeros"}]
OTHERS = [{"norm": "batch-before", "residual": "on", "hidden": [20] * 4}, {"loss": "squared", "hidden": []}]

# What is the same in all languages: names, also those that languages have for themselves and a processor has, formulas,
# keys, units, what people type and what files are called.
SAME = re.compile(
    r"https?://\S+|/[\w./-]+|\*[\w.*]+|\b[\w-]+-ubyte\b|python3 run\.py lesson\b"
    r"|\b[\w-]+\.(?:json|db|layerscope|csv|png|svg|pdf|gz|toml|md)\b|--[a-z-]+"
    r"|\b(?:English|qps|PNG|SVG|PDF|d[tz]|Layerscope|MNIST|NumPy|PySide6|pyqtgraph|Qt|Python|TensorBoard|JSON|CSV|SQLite)\b"
    r"|\b(?:Ctrl|Alt|Shift|Esc|Tab|Enter|Return|Home|End|Left|Right|Up|Down|Del|Backspace|Space|PgUp|PgDown|F\d+)\b"
    r"|\b(?:kB|MB|GB|px|RMS|He|ln|exp|log|std|float32|float64|max|min)\b"
)
PLAIN = re.compile(r"[A-Za-z]{2,}")
COMPUTED_WITH = PLAIN.findall(f"{numpy_blas().name} {vector_instructions()}")


def plain_words(text: str) -> list[str]:
    """The words of a text in letters of English, without what is the same everywhere."""
    read = re.sub(r"<[^<>]*>|&[a-z]+;", " ", text).replace("&", "")
    return [word for word in PLAIN.findall(SAME.sub("", read)) if word not in COMPUTED_WITH]


@pytest.mark.parametrize(
    ("walk", "settings"),
    [(PLACES, HEALTHY), (PLACES, SICK), (PLACES, OTHERS), (LESSONS, []), (COMMANDS, SICK), (CURES, SICK)],
    ids=[
        "healthy runs",
        "a sick and a diverged run",
        "normalisation and residual connections",
        "lessons",
        "commands",
        "cures and the clinic",
    ],
)
def test_that_every_word_on_the_screen_is_in_the_catalogue(
    tmp_path: Path, walk: str, settings: list[dict[str, object]]
) -> None:
    add_third_language(tmp_path / "resources")
    script = BEGINNING + walk.replace("{settings}", repr(settings)) + END
    seen: dict[str, str] = run_on([Screen(1600, 1000)], tmp_path, script)
    wrong = sorted({f"{place}: {text}" for text, place in seen.items() if plain_words(text)})
    assert len(seen) > 500
    assert not wrong, "\n".join(wrong)


def test_that_plain_words_are_found_and_names_are_not() -> None:
    assert plain_words("⟦Ĺàýèŕ 3~~⟧ (Ctrl+K) MNIST /home/me/a.csv <b>x</b>") == []
    assert plain_words("⟦Ĺàýèŕ~~⟧ of the") == ["of", "the"]
