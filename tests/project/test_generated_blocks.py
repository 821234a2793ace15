"""`python3 run.py docs`: every generated block of the documentation is what the program declares."""

from collections import Counter
from pathlib import Path

import pytest

from model.config.presets import PRESETS
from tests.docs import __main__ as command
from tests.docs import pages
from tests.docs.blocks import BLOCKS, MEASURED
from tests.docs.tables import presets

PAGE = "# A `<!-- block -->`\n\n<!-- one -->\nold\n<!-- /one -->\n\nbetween \\1\n\n<!-- two -->\n<!-- /two -->\nend\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with one page that has two blocks."""
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/page.md").write_text(PAGE, "utf-8")
    (tmp_path / "README.md").write_text("# Nothing generated\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", BLOCKS)
def test_that_a_block_is_up_to_date(name: str) -> None:
    assert pages.held(name) == BLOCKS[name](), "`python3 run.py docs --write` writes it"


def test_that_every_marker_has_a_writer_and_every_writer_its_two_markers() -> None:
    assert Counter(pages.markers()) == dict.fromkeys([*BLOCKS, *MEASURED], 2)


@pytest.mark.parametrize("name", [*BLOCKS, *MEASURED])
def test_that_every_block_is_in_one_page_and_not_empty(name: str) -> None:
    assert pages.held(name)


@pytest.mark.parametrize("task", MEASURED.values())
def test_that_what_is_measured_names_a_command_that_writes_it(task: str) -> None:
    assert task.endswith(" --write")
    assert task in pages.page_with("benchmarks").read_text("utf-8")


def test_that_a_block_is_written_between_its_markers_and_nowhere_else(site: Path) -> None:
    assert pages.write("two", "| a | b |\n\\1 new") == site / "docs/page.md"
    text = (site / "docs/page.md").read_text("utf-8")
    assert text == PAGE.replace("<!-- two -->\n", "<!-- two -->\n| a | b |\n\\1 new\n")
    assert (pages.held("one"), pages.held("two")) == ("old", "| a | b |\n\\1 new")


def test_that_a_page_is_left_alone_whose_block_is_up_to_date(site: Path) -> None:
    before = (site / "docs/page.md").stat()
    pages.write("one", "old")
    assert (site / "docs/page.md").stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("found", ["no page", "README.md and page.md"])
def test_that_a_block_in_no_page_or_in_two_is_refused(site: Path, found: str) -> None:
    name = "three" if found == "no page" else "one"
    (site / "README.md").write_text(PAGE if name == "one" else "", "utf-8")
    with pytest.raises(LookupError, match=found):
        pages.write(name, "new")
    assert (site / "docs/page.md").read_text("utf-8") == PAGE


@pytest.mark.parametrize("write", [False, True])
def test_that_the_command_names_what_is_out_of_date_and_writes_only_when_asked(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], write: bool
) -> None:
    monkeypatch.setattr(command, "BLOCKS", {"one": lambda: "old", "two": lambda: "new"})
    monkeypatch.setattr(command, "run_missing", lambda: None)
    monkeypatch.setattr("sys.argv", ["docs", *(["--write"] if write else [])])
    assert command.main() == (0 if write else 1)
    assert capsys.readouterr().out == f"page.md: two {'written' if write else 'is out of date'}\n"
    assert pages.held("two") == ("new" if write else "")
    monkeypatch.setattr("sys.argv", ["docs"])
    assert command.main() == (0 if write else 1)
    assert (site / "README.md").read_text("utf-8") == "# Nothing generated\n"


def test_that_a_table_follows_its_declaration() -> None:
    rows = presets().splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == [preset.name for preset in PRESETS]
