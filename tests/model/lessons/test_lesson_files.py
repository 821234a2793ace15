"""Reading lessons: what their files say, and one sentence with file and line for what they should not."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base.errors import InputError
from model.config.views import ViewKind
from model.lessons.lesson import BetKind
from model.lessons.lesson_folder import MOST_BYTES, OWN_LESSONS, languages_of, lesson_files, read_lesson, read_lessons
from model.lessons.places import Place
from model.lessons.read_lesson import parse_lesson
from model.lessons.static_check import check_written
from tests.support.lessons import MARKDOWN, TOML, lesson_of, written


def complaint(folder: Path, toml: str = TOML, markdown: str = MARKDOWN) -> str:
    """What is said of a broken lesson."""
    with pytest.raises(InputError) as found:
        lesson_of(folder, toml, markdown)
    return str(found.value)


def test_that_both_files_together_are_the_lesson(tmp_path: Path) -> None:
    lesson = lesson_of(tmp_path)
    (step,) = lesson.steps
    assert (lesson.key, lesson.number, lesson.title, lesson.languages) == ("01-short", "1", "A short run", ("en",))
    assert (step.title, step.view, step.mark) == ("It begins", ViewKind.LEDGER, (Place("loss"), Place("ledger", 1)))
    assert step.experiment is not None
    assert step.experiment.config.hidden == (8,)
    bet = step.bet
    assert bet is not None
    assert (bet.kind, bet.right, bet.seeds, bet.runs) == (BetKind.CURVE, "high", (0, 1), ("short",))
    assert [option.key for option in bet.options] == ["low", "high"]
    assert bet.option("high").why.pieces
    assert bet.after.pieces


def test_that_the_lessons_of_the_program_can_be_read_in_every_language() -> None:
    for path in lesson_files(OWN_LESSONS):
        for language in languages_of(path):
            assert read_lesson(path, language).language == language
    assert [lesson.number for lesson in read_lessons()] == [f"{n}" for n in range(1, len(read_lessons()) + 1)]


def test_that_a_missing_language_falls_back_to_english(tmp_path: Path) -> None:
    assert read_lesson(written(tmp_path), "ja").language == "en"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minutes = 1", "minutes = 1 1", "01-short.toml, line 1: "),
        ("minutes = 1", 'minutes = "long"', "01-short.toml, line 1: 'minutes' is a whole number"),
        ("minutes = 1", "", "01-short.toml, line 1: 'minutes' is missing"),
        ("minutes = 1", "minutes = 1\nauthor = 3", "01-short.toml, line 2: There is no 'author' here"),
        ('"relu-he"', '"relu-hey"', "01-short.toml, line 4: There is no preset 'relu-hey'"),
        ("--hidden 8", "--hiden 8", "01-short.toml, line 5: There is no option '--hiden'; did you mean --hidden?"),
        ("--hidden 8", "--data /etc", "01-short.toml, line 5: A lesson uses MNIST"),
        ("--hidden 8", "--iterations 99999", "01-short.toml, line 5: A run of a lesson takes at most 20,000"),
        ("--hidden 8", "--hidden 2000,2000", "01-short.toml, line 5: A network of a lesson has at most"),
        ('kind = "curve"', 'kind = "curves"', "01-short.toml, line 8: 'curves' is not one of choice"),
        ('kind = "curve"', 'kind = "mark"', "01-short.toml, line 7: A bet of the kind mark measures escape"),
        ('run = "short"\nm', 'run = "long"\nm', "01-short.toml, line 9: There is no experiment 'long'"),
        ('"accuracy"\no', '"accurracy"\no', "01-short.toml, line 10: 'accurracy' is not one of"),
        ('"accuracy"\no', '"signal(lair=1)"\no', "01-short.toml, line 10: signal takes layer, at in brackets"),
        ("to = 0.2", 'to = "0.2"', "01-short.toml, line 12: 'to' is a number"),
        ("from = 0.3", "from = 0.3, to = 0.2", "01-short.toml, line 13: The option 'high' goes from 0.3 to 0.2"),
        ('{ id = "low", to', '{ id = "lower", to', "en/01-short.md, line 9: The bet's option 'lower' is missing"),
        ('right = "high"', 'right = "tall"', "01-short.toml, line 15: There is no option 'tall'"),
        ("seeds = [0, 1]", "seeds = [0, -1]", "01-short.toml, line 16: 'seeds' are"),
        ('id = "begin"', 'id = "start"', "01-short.toml, line 19: en/01-short.md has no step 'start'"),
        ('view = "ledger"', 'view = "legder"', "01-short.toml, line 22: 'legder' is not one of activations"),
        ("ledger layer 1", "layer 0", "01-short.toml, line 23: There is no place 'layer 0'"),
        ("[experiment.short]", "[experiment.Short]", "01-short.toml, line 3: An id is made of small letters"),
        ("[bet.end]", "[bet.'the end']", "01-short.toml, line 7: An id is made of small letters"),
        ("minutes = 1", f"minutes = 1{''.join(f'{chr(10)}experiment.e{n}.preset = 1' for n in range(31))}", "01-"),
        ('{ id = "low", to = 0.2 },', '{ id = "low" },' * 20, "01-short.toml, line 11: A bet has at most 12 options"),
        ('bet = "end"\n', "", "01-short.toml, line 7: The bet 'end' is asked in no steps"),
    ],
)
def test_that_a_broken_toml_costs_one_sentence_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TOML
    assert complaint(tmp_path, TOML.replace(old, new, 1)).startswith(said)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# A short run", "A short run", "en/01-short.md, line 1: A lesson begins with its title"),
        (" {#begin}", "", "en/01-short.md, line 5: A step has its id at the end of the line"),
        ("### Where", "#### Where", "en/01-short.md, line 9: There are titles with '#'"),
        ("{measured: short.accuracy}", "{measured: short}", "en/01-short.md, line 7: 'short' is not one of"),
        ("{measured: short.accuracy}", "{measured: long.accuracy}", "en/01-short.md, line 7: There is no experiment"),
        ("{measured: short.accuracy}", "{accuracy}", "en/01-short.md, line 7: '{accuracy}' is no figure"),
        ("(mark:loss)", "(mark:losses)", "en/01-short.md, line 7: There is no place 'losses'"),
        ("(mark:loss)", "(https://example.org)", "en/01-short.md, line 7: A link leads to a place"),
        ("$f'(z)$", f"${'x' * 401}$", "en/01-short.md, line 7: A formula has at most 400 letters"),
        ("- High {#high}", "- Low {#low}", "en/01-short.md, line 13: 'low' is there twice"),
        ("What all", "- More {#more}\n\nWhat all", "en/01-short.md, line 16: 01-short.toml has no option 'more'"),
        ("## It begins", "## Spare {#spare}\n\n## It begins", "en/01-short.md, line 5: The TOML file has no [[step]]"),
    ],
)
def test_that_a_broken_text_costs_one_sentence_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in MARKDOWN
    assert complaint(tmp_path, markdown=MARKDOWN.replace(old, new, 1)).startswith(said)


def test_that_a_huge_file_costs_one_sentence(tmp_path: Path) -> None:
    assert "bytes; a file of a lesson has at most" in complaint(tmp_path, "#" * (MOST_BYTES + 1))


def test_that_a_file_that_leads_elsewhere_costs_one_sentence(tmp_path: Path) -> None:
    outside, folder = tmp_path / "secret.md", tmp_path / "lessons"
    folder.mkdir()
    path = written(folder)
    outside.write_text(MARKDOWN, "utf-8")
    (folder / "en/01-short.md").unlink()
    (folder / "en/01-short.md").symlink_to(outside)
    with pytest.raises(InputError, match="leads out of the folder"):
        read_lesson(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names")
def test_that_a_pipe_in_place_of_a_file_costs_one_sentence_and_no_wait(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(InputError, match="is no file"):
        read_lesson(path)


def test_that_what_is_no_text_costs_one_sentence(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="no text in UTF-8"):
        read_lesson(path)


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_that_a_folder_without_lessons_costs_one_sentence(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="The folder"):
        lesson_files(tmp_path / name)


LONG = 150_000


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "hostile",
    ["[" * LONG, "$" * LONG, "# " + " " * LONG + "x", "- " + " " * LONG + "x{", "{" * LONG, "{~" + "±1" * (LONG // 2),
     "1" * LONG, "1 " * (LONG // 2), "*" * LONG, "{~ " + "9" * LONG + " ± 1 = short.loss}", "[a](" * (LONG // 4),
     "-" * LONG, "{~ 1·10" + "⁹" * (LONG // 3) + " ± 1 = short.loss}"],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_that_a_hostile_line_costs_no_time(tmp_path: Path, hostile: str) -> None:
    for place in ("A slope", "You may", "What all"):
        with suppress(InputError):
            check_written(lesson_of(tmp_path, markdown=MARKDOWN.replace(place, f"{hostile}\n{place}")))
    with suppress(InputError):
        lesson_of(tmp_path, f"{TOML}\nx = [\n[{' ' * LONG}\n1]]\n{hostile}")


def test_that_deep_nesting_costs_one_sentence(tmp_path: Path) -> None:
    assert complaint(tmp_path, f"minutes = {'[' * 50_000}").startswith("01-short.toml, line 1")


FRAGMENTS = st.sampled_from(
    [*TOML.splitlines(keepends=True), *'[]{}=",.#\n', "inf", "nan", "1e999", "true", "10" * 200]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.integers(0, len(TOML)))
def test_that_any_toml_is_a_lesson_or_costs_one_sentence(inserted: str, place: int) -> None:
    sentence_or_lesson(TOML[:place] + inserted + TOML[place:], MARKDOWN)


@settings(max_examples=300, deadline=None)
@given(st.text("#$*-[](){}~=±×%.1 abend\n", max_size=60), st.integers(0, len(MARKDOWN)))
def test_that_any_text_is_a_lesson_or_costs_one_sentence(inserted: str, place: int) -> None:
    sentence_or_lesson(TOML, MARKDOWN[:place] + inserted + MARKDOWN[place:])


def sentence_or_lesson(toml: str, markdown: str) -> None:
    """Parse; nothing but an InputError of one line may come."""
    said = "a, line 1"
    try:
        parse_lesson(Path("01-short.toml"), toml, "en", ("en",), markdown)
    except InputError as error:
        said = str(error)
    assert "\n" not in said
    assert ", line " in said
