"""pyproject.toml, the locks and the wheel: what is declared, what is pinned and what is shipped."""

import re
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from model.base.user_paths import ROOT

DECLARED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROGRAM: list[str] = DECLARED["project"]["dependencies"]
TOOLS: list[str] = DECLARED["dependency-groups"]["dev"]
LOCKS = {"requirements.lock": PROGRAM, "requirements-dev.lock": PROGRAM + TOOLS}
PIN = re.compile(r"^([\w.-]+)==([\w.]+)((?: ;.*)?) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M)


def pins(lock: str) -> dict[str, set[str]]:
    """Return the pinned versions of each package of a lock; several where a marker tells them apart."""
    found: dict[str, set[str]] = {}
    for name, version, *_ in PIN.findall((ROOT / lock).read_text("utf-8")):
        found.setdefault(name, set()).add(version)
    return found


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of the files in the wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        built = build_wheel(str(folder))
    with zipfile.ZipFile(folder / built) as archive:
        return archive.namelist()


@pytest.mark.parametrize("broken", ["6.9.1", "6.11.0", "6.11.1", "6.12.0"])
def test_that_the_broken_releases_of_pyside_are_excluded(broken: str) -> None:
    (pyside,) = [wanted for wanted in map(Requirement, PROGRAM) if wanted.name == "PySide6-Essentials"]
    assert broken not in pyside.specifier
    assert "6.11.3" in pyside.specifier


@pytest.mark.parametrize("declared", PROGRAM + TOOLS)
def test_that_every_dependency_has_an_upper_bound(declared: str) -> None:
    assert any(bound.operator == "<" for bound in Requirement(declared).specifier)


@pytest.mark.parametrize(("lock", "declared"), LOCKS.items())
def test_that_a_lock_pins_every_declared_dependency_within_its_bounds(lock: str, declared: list[str]) -> None:
    pinned = pins(lock)
    for wanted in map(Requirement, declared):
        versions = pinned[canonicalize_name(wanted.name)]
        assert all(version in wanted.specifier for version in versions), wanted


@pytest.mark.parametrize(("lock", "declared"), LOCKS.items())
def test_that_a_lock_holds_nothing_but_what_the_declared_need(lock: str, declared: list[str]) -> None:
    text = (ROOT / lock).read_text("utf-8")
    wanted = {canonicalize_name(Requirement(line).name) for line in declared}
    reasons = dict(re.findall(r"^([\w.-]+)==[^#]*?((?:^ +#.*\n)+)", text, re.M))
    assert reasons.keys() == pins(lock).keys()
    asked_for = {name for name, reason in reasons.items() if "pyproject.toml" in reason}
    assert asked_for == wanted


@pytest.mark.parametrize("lock", LOCKS)
def test_that_every_line_of_a_lock_is_a_pin_with_hashes_or_a_comment(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    rest = PIN.sub("", text)
    assert all(line.lstrip().startswith("#") for line in rest.splitlines())


@pytest.mark.parametrize("lock", LOCKS)
def test_that_a_lock_names_no_address(lock: str) -> None:
    assert "http" not in (ROOT / lock).read_text("utf-8").lower()


def test_that_both_locks_agree_on_the_program() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_that_layerscope_is_the_only_package_of_the_wheel(wheel: list[str]) -> None:
    assert {name.partition("/")[0] for name in wheel} == {"layerscope", "layerscope-0.1.0.dist-info"}


@pytest.mark.parametrize("folder", ["gui", "model"])
def test_that_the_wheel_holds_every_module(wheel: list[str], folder: str) -> None:
    modules = {f"layerscope/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob("*.py")}
    assert modules
    assert modules <= set(wheel)


@pytest.mark.parametrize(
    "name",
    [
        "__init__.py",
        "resources/mnist/train-images-idx3-ubyte.gz",
        "resources/mnist/train-labels-idx1-ubyte.gz",
        "resources/mnist/t10k-images-idx3-ubyte.gz",
        "resources/mnist/t10k-labels-idx1-ubyte.gz",
        "resources/mnist/README.md",
        "resources/lessons/01-never-learns.toml",
        "resources/lessons/en/01-never-learns.md",
        "resources/fonts/Inter-Regular.otf",
        "resources/fonts/Inter-Medium.otf",
        "resources/fonts/Inter-SemiBold.otf",
        "resources/fonts/OFL-Inter.txt",
        "resources/fonts/LayerscopeJP-Regular.otf",
        "resources/fonts/LayerscopeJP-Medium.otf",
        "resources/fonts/LayerscopeJP-SemiBold.otf",
        "resources/fonts/OFL-LayerscopeJP.txt",
        "resources/icon.svg",
        "resources/prognosis.json",
        "resources/clinic/patients.json",
        "__main__.py",
    ],
)
def test_that_the_wheel_holds_what_the_program_needs(wheel: list[str], name: str) -> None:
    assert f"layerscope/{name}" in wheel


def test_that_the_wheel_holds_every_resource_but_screenshots(wheel: list[str]) -> None:
    resources = {path.relative_to(ROOT) for path in (ROOT / "resources").rglob("*") if path.is_file()}
    elsewhere = Path("resources/installed/__main__.py")  # which is the package's own there
    wanted = {f"layerscope/{path.as_posix()}" for path in resources - {elsewhere} if "screenshots" not in path.parts}
    assert wanted
    assert wanted <= set(wheel)


def test_that_the_wheel_leaves_tests_and_screenshots_behind(wheel: list[str]) -> None:
    assert not [name for name in wheel if "test" in name or "screenshots" in name]
