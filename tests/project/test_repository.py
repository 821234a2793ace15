"""What is in the repository: no more at the top level than is expected, nothing binary or large in the wrong place."""

import shutil
import subprocess

import pytest

from model.base.user_paths import ROOT

EXPECTED = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CITATION.cff", "CONTRIBUTING.md", "LICENSE", "README.md",
    "docs", "gui", "main.py", "model", "pyproject.toml", "requirements-dev.lock", "requirements.lock",
    "resources", "run.py", "tests",
}  # fmt: skip
BINARIES = ("resources/", "tests/model/library/libraries/", "tests/interventions/trained.jsonl.gz")
LARGE = ("resources/mnist/", "resources/fonts/")
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def tracked() -> list[str]:
    """The files that git tracks and that are there; skips where this is no checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git, or no checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip(f"git does not read this checkout: {listed.stderr.strip()}")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_that_the_top_level_is_what_is_expected(tracked: list[str]) -> None:
    assert {name.partition("/")[0] for name in tracked} == EXPECTED


def test_that_nothing_binary_is_outside_resources_and_fixtures(tracked: list[str]) -> None:
    binary = [name for name in tracked if b"\0" in (ROOT / name).read_bytes()]
    assert [name for name in binary if not name.startswith(BINARIES)] == []
    assert binary, "MNIST and the typeface are"


def test_that_nothing_but_mnist_and_the_typeface_is_larger_than_a_megabyte(tracked: list[str]) -> None:
    large = [name for name in tracked if (ROOT / name).stat().st_size > MEGABYTE]
    assert [name for name in large if not name.startswith(LARGE)] == []
    assert large, "MNIST is"


def test_that_no_file_is_tracked_that_is_ignored(tracked: list[str]) -> None:
    ignored = subprocess.run(
        ["git", "ls-files", "--cached", "--ignored", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ignored.stdout == ""
