"""The house: small rooms, names of their own, packages that say what they are, a window that no part takes."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from model.base.user_paths import ROOT

SOURCES = sorted(path for folder in ("gui", "model") for path in (ROOT / folder).rglob("*.py"))
PACKAGES = [path for path in SOURCES if path.name == "__init__.py"]
LONGEST_FILE = 250  # lines
LONGEST_WINDOW = 199
WINDOW = ROOT / "gui/window/main_window.py"
ABOVE_THE_WINDOW = {"open_window.py", "screenshot.py"}  # which open it


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_that_no_file_is_too_long_to_be_one_room() -> None:
    python = [*SOURCES, ROOT / "main.py", ROOT / "run.py"]
    assert {str(path.relative_to(ROOT)): lines(path) for path in python if lines(path) > LONGEST_FILE} == {}
    assert lines(WINDOW) <= LONGEST_WINDOW


def test_that_no_two_classes_share_a_name() -> None:
    trees = (ast.parse(path.read_text("utf-8")) for path in SOURCES)
    names = Counter(node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_that_a_package_says_what_it_is_and_exports_nothing(package: Path) -> None:
    (sentence,) = ast.parse(package.read_text("utf-8")).body
    assert isinstance(sentence, ast.Expr)
    assert ast.literal_eval(sentence.value).endswith(".")


@pytest.mark.parametrize("folder", ["gui", "model"])
def test_that_the_top_folders_hold_packages_only(folder: str) -> None:
    assert [path.name for path in (ROOT / folder).glob("*.py")] == ["__init__.py"]


def test_that_no_part_takes_the_window() -> None:
    knows = [path for path in SOURCES if re.search(r"\bMainWindow\b", path.read_text("utf-8")) and path != WINDOW]
    assert {path.name for path in knows} == ABOVE_THE_WINDOW


def test_that_tests_stand_under_the_package_that_they_test() -> None:
    packages = {str(path.parent.relative_to(ROOT)) for path in PACKAGES}
    folders = {str(path.parent.relative_to(ROOT / "tests")) for path in (ROOT / "tests").rglob("test_*.py")}
    mirrored = {folder for folder in folders if folder.startswith(("gui/", "model/"))}
    assert mirrored <= packages
