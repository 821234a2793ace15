"""The program's own decorator of dataclasses against that of the standard library."""

import ast
import dataclasses
import inspect
import pickle
import subprocess
import sys
import typing
from collections.abc import Callable
from copy import copy
from dataclasses import KW_ONLY, FrozenInstanceError, field, replace
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.quick_dataclass import dataclass as quick
from model.base.user_paths import ROOT
from model.config.config import Config

Decorator = Callable[..., Any]


def classes(decorator: Decorator) -> list[Any]:
    """One class of each kind, made by a decorator."""

    @decorator
    class Plain:
        """Fields that can change."""

        first: int
        second: "float | None" = 2.0

    @decorator(frozen=True)
    class Frozen:
        """Every way to declare a field."""

        kind: ClassVar[str] = "none"
        first: int
        many: list[int] = field(default_factory=list)
        hidden: str = field(default="h", repr=False)
        aside: int = field(default=3, compare=False)
        made: int = field(init=False, default=7)
        _: KW_ONLY
        named: tuple[str, ...] = ()
        listed: tuple[int, ...] = field(default_factory=tuple)

    @decorator(frozen=True)
    class Derived(Frozen):
        """More fields, and what is done once they are there."""

        more: float = 0.5

        def __post_init__(self) -> None:
            object.__setattr__(self, "hidden", "of its own")

    @decorator(frozen=True)
    class Single:
        """One field."""

        value: float = float("nan")

    @decorator(frozen=True)
    class Empty:
        """No field."""

    @decorator(frozen=True, eq=False)
    class Own:
        """No two are equal."""

        value: int = 1

    @decorator(frozen=True)
    class Written:  # noqa: PLW1641  what is tested
        """Methods of its own."""

        value: int = 1

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Written)

        def __repr__(self) -> str:
            return "written"

    @decorator(frozen=True, slots=True)
    class Slotted:
        """Without a dict."""

        value: int = 1

    return [Plain, Frozen, Derived, Single, Empty, Own, Written, Slotted]


PAIRS = list(zip(classes(quick), classes(dataclasses.dataclass), strict=True))
NAMES = [theirs.__name__ for _, theirs in PAIRS]


def made(cls: Any, number: int) -> Any:
    """An instance whose first field, if it has one without a default, is `number`."""
    return cls(number) if "first" in cls.__match_args__ else cls()


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=NAMES)
def test_that_a_class_is_declared_as_by_the_standard_decorator(ours: Any, theirs: Any) -> None:
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert typing.get_type_hints(ours.__init__) == typing.get_type_hints(theirs.__init__)
    assert [each.name for each in dataclasses.fields(ours)] == [each.name for each in dataclasses.fields(theirs)]
    assert ours.__match_args__ == theirs.__match_args__
    assert ours.__init__.__qualname__ == theirs.__init__.__qualname__


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=NAMES)
@given(st.integers(0, 3), st.integers(0, 3))
def test_that_instances_behave_as_by_the_standard_decorator(ours: type, theirs: type, number: int, other: int) -> None:
    one, same, another = (made(ours, each) for each in (number, number, other))
    known = [made(theirs, each) for each in (number, number, other)]
    assert repr(one) == repr(known[0])
    assert (one == same, one == another, one == known[0]) == (known[0] == known[1], known[0] == known[2], False)
    assert dataclasses.asdict(one) == dataclasses.asdict(known[0]) or ours.__name__ == "Single"
    hashes = [hashed(each) for each in (one, known[0])]
    assert hashes[0] == hashes[1] or ours.__name__ in ("Own", "Single")


def hashed(instance: object) -> object:
    try:
        return hash(instance)
    except TypeError as error:
        return str(error)


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=NAMES)
def test_that_what_is_frozen_stays_so(ours: Any, theirs: Any) -> None:
    for cls in (ours, theirs):
        instance = made(cls, 1)
        if cls.__name__ == "Plain":
            instance.first = 2
            assert instance.first == 2
            continue
        for name in [each.name for each in dataclasses.fields(cls)] or ["anything"]:
            with pytest.raises(FrozenInstanceError, match=f"assign to field '{name}'"):
                setattr(instance, name, 5)
            with pytest.raises(FrozenInstanceError, match=f"delete field '{name}'"):
                delattr(instance, name)


def test_that_a_class_below_may_have_attributes_of_its_own() -> None:
    class Below(PAIRS[1][0]):  # type: ignore[misc]  # a class that is known at run time only
        pass

    below = Below(1)
    below.extra = 2
    del below.extra
    with pytest.raises(FrozenInstanceError):
        below.first = 2


@pytest.mark.parametrize(("ours", "theirs"), PAIRS, ids=NAMES)
def test_that_copies_are_like_what_they_are_of(ours: Any, theirs: Any) -> None:
    for cls in (ours, theirs):
        instance = made(cls, 4)
        assert repr(copy(instance)) == repr(replace(instance)) == repr(instance)


def test_that_a_default_factory_makes_one_for_each_instance() -> None:
    frozen = PAIRS[1][0]
    assert frozen(1).many is not frozen(1).many


def test_that_an_instance_that_holds_itself_can_be_printed() -> None:
    frozen = PAIRS[1][0]
    instance = frozen(1, many=[])
    instance.many.append(instance)
    assert "..." in repr(instance)


def test_that_an_instance_can_be_sent_to_another_process() -> None:
    config = Config(iterations=77)
    assert pickle.loads(pickle.dumps(config)) == config


def test_that_all_of_the_program_has_its_dataclasses_from_here() -> None:
    others = []
    for path in [*(ROOT / "model").rglob("*.py"), *(ROOT / "gui").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "dataclasses":
                others += [path.name for each in node.names if each.name == "dataclass"]
    assert set(others) == {"quick_dataclass.py"}


COUNT = """
import sys
sys.path.insert(0, sys.argv[1])
from model.base.quick_dataclass import dataclass
compiled = []
sys.addaudithook(lambda event, arguments: compiled.append(event) if event == "compile" else None)
@dataclass(frozen=True)
class Made:
    "Three fields."
    first: int
    second: float = 2.0
    third: str = ""
print(len(compiled))
"""


def test_that_a_class_costs_one_compilation() -> None:
    command = [sys.executable, "-c", COUNT, str(ROOT)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "1\n"
