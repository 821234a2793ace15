"""The pages of the documentation: their links, pictures, file names and commands are true, and the README is short."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

import run
from model.base.user_paths import ROOT
from model.cli.main_parser import parse
from tests.docs import pages

# The texts of lessons are no pages: their links lead to places of the window, and `lesson check` reads them.
LESSONS = set((ROOT / "resources/lessons").rglob("*.md"))
ALL = [*pages.pages(), *sorted(set((ROOT / "resources").rglob("*.md")) - LESSONS)]
PICTURES = ROOT / "resources" / "screenshots"
LINK = re.compile(r"\]\(([^)\s]+)\)|\b(?:src|srcset|href)=\"([^\"]+)\"")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`((?:model|gui|tests|docs|resources)/[\w./-]+)`")
# The colour type of a PNG with a palette, in the 26th byte of the file.
PALETTE = 3
PLACEHOLDER = re.compile(r"[A-Z]+(\.\w+)?")


def name_of(page: Path) -> str:
    """How a test of a page is called."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return FENCE.sub("", page.read_text("utf-8"))


def links(page: Path) -> list[str]:
    """The targets of all links and pictures."""
    return [markdown or html for markdown, html in LINK.findall(re.sub("`[^`]*`", "", prose(page)))]


def anchors(page: Path) -> set[str]:
    """The fragments that a page's headings have on GitHub."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands() -> list[str]:
    """Every command that the pages give, once, without comments and what is piped on; none with a placeholder."""
    texts = []
    for page in ALL:
        text = page.read_text("utf-8")
        texts += [line.strip("$ ") for fence in FENCE.findall(text) for line in fence.splitlines()]
        texts += [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", prose(page))]
    given = [re.split(r" # | \| ", text)[0].strip() for text in texts if text.startswith("python3 run.py ")]
    return sorted({text for text in given if not any(map(PLACEHOLDER.fullmatch, text.split()))})


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_that_every_link_leads_somewhere(page: Path) -> None:
    for link in links(page):
        if link.startswith(("https://", "http://")):
            continue
        target, _, anchor = link.partition("#")
        there = (page.parent / target).resolve() if target else page
        assert there.is_relative_to(ROOT), link
        assert there.exists(), link
        assert not anchor or anchor in anchors(there), link


@pytest.mark.parametrize("page", ALL, ids=name_of)
def test_that_every_file_that_is_named_exists(page: Path) -> None:
    for name in FILE.findall(page.read_text("utf-8")):
        assert (ROOT / name).exists(), name


def test_that_every_page_is_linked_from_another() -> None:
    linked = {(page.parent / link.partition("#")[0]).resolve() for page in ALL for link in links(page)}
    assert {page for page in ALL if page.name != "README.md"} <= linked


def test_that_every_picture_is_shown_and_made_by_a_command_that_is_given() -> None:
    shown = {(page.parent / link).resolve() for page in ALL for link in links(page) if link.endswith((".png", ".gif"))}
    assert shown == set(PICTURES.iterdir())
    pictures = set(PICTURES.glob("*.png"))
    made = [word for command in commands() for word in command.split() if word.endswith(".png")]
    assert {ROOT / word for word in made if word.startswith("resources/")} == pictures
    assert len(pictures) == len([word for word in made if word.startswith("resources/")]), "one command for each"


def test_that_the_animation_is_made_by_a_run_and_steps_that_are_given() -> None:
    told = (ROOT / "docs" / "pictures.md").read_text("utf-8")
    for film in PICTURES.glob("*.gif"):
        assert f'"{film.relative_to(ROOT).as_posix()}"' in told
    assert "--save run.layerscope" in told
    assert "File > Export animation" in told


@pytest.mark.parametrize("picture", sorted(PICTURES.glob("*.png")), ids=lambda path: path.name)
def test_that_a_picture_is_reduced_to_a_palette_as_the_docs_tell(picture: Path) -> None:
    assert picture.read_bytes()[25] == PALETTE, "docs/pictures.md says how"


@pytest.mark.parametrize("command", commands())
def test_that_a_command_of_the_docs_is_understood(command: str) -> None:
    _, _, *words = shlex.split(command)
    if words and words[0] not in run.TASKS:
        parse(words)


def test_that_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_that_every_task_of_run_py_is_told() -> None:
    given = " ".join(commands())
    assert [task for task in run.TASKS if f"run.py {task}" not in given] == []


def test_that_the_citation_has_the_programs_version_licence_and_keywords() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    fields = dict(re.findall(r"^([\w-]+): (.+)$", citation, re.MULTILINE))
    assert (fields["version"], fields["license"]) == (project["version"], project["license"])
    assert re.findall(r"^  - name: (.+)$", citation, re.MULTILINE) == [each["name"] for each in project["authors"]]
    assert re.findall(r"^  - ([^:\n]+)$", citation, re.MULTILINE) == project["keywords"]
    assert {"cff-version", "message", "title", "type"} <= fields.keys()
