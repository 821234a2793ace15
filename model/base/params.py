"""Settings declared once: a dataclass field that carries all that the panel, command line, files and docs need."""

import math
from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, field, fields, replace
from functools import cache, lru_cache
from typing import Any, ParamSpec, get_type_hints

from model.base.choices import Choice
from model.base.errors import InputError

REMEMBERED = 1024  # values of each setting


@dataclass(frozen=True)
class Param:
    """One setting: what it is called, what it does, and which values it takes.

    `live` may change while training runs; `when` names a property of the owner that says whether the setting
    matters now; `off` is what the lowest value means when it switches the setting off; `bare` is the value of its
    option without one; `usual` is where a number's interesting values lie, None to tell that from the other
    attributes; `reads` checks and converts values of a type of their own, of one with `many` all that were given as
    a list. `params` fills in `name` and `type` from the field.
    """

    default: Any
    label: str
    help: str
    _: KW_ONLY
    name: str = ""
    type: Any = None
    low: float | None = None
    high: float | None = None
    usual: tuple[float, float] | None = None
    unit: str = ""
    log: bool = False
    live: bool = False
    when: str = ""
    off: str = ""
    bare: str = ""
    many: bool = False
    reads: Callable[[Any], Any] | None = None

    @property
    def option(self) -> str:
        """Its name on the command line; an underscore at the end, which sets it apart from a keyword, is left out."""
        return "--" + self.name.rstrip("_").replace("_", "-")

    @property
    def range(self) -> str:
        """The values it takes, for people."""
        if isinstance(self.type, type) and issubclass(self.type, Choice):
            return ", ".join(member.key for member in self.type)
        if self.low is None:
            return ""
        form = ",.0f" if self.type is int else ",g"
        return f"{self.low:{form}} to {self.high:{form}}"

    def parse(self, text: str) -> Any:
        """The value that `text` writes; raises InputError."""
        if self.type in (int, float):
            try:
                return self.check(self.type(text.replace("_", "")))
            except ValueError as error:
                if isinstance(error, InputError):
                    raise
                kind = "a whole number" if self.type is int else "a number"
                raise InputError(f"{self.option} takes {kind}, not '{text}'.") from None
        return self.check(text)

    def check(self, value: Any) -> Any:
        """`value` in this setting's own type; raises InputError where it is of another kind or out of range."""
        if self.reads is not None:
            return self.reads(value)
        if isinstance(self.type, type) and issubclass(self.type, Choice):
            if isinstance(value, self.type):
                return value
            try:
                return self.type.named(str(value))
            except InputError as error:
                raise InputError(f"{self.option}: {error}") from None
        if self.type in (int, float):
            return self._number(value)
        if not isinstance(value, self.type):
            raise InputError(f"{self.option} takes {self.type.__name__}, not {value!r}.")
        return value

    def _number(self, value: Any) -> int | float:
        kind = "a whole number" if self.type is int else "a number"
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise InputError(f"{self.option} takes {kind}, not {value!r}.")
        # An int needs no such check, and may be too large for isfinite to take.
        if isinstance(value, float) and (not math.isfinite(value) or (self.type is int and value != int(value))):
            raise InputError(f"{self.option} takes {kind}, not {value}.")
        assert self.low is not None, f"{self.name} is a number without a range"
        assert self.high is not None, f"{self.name} is a number without a range"
        if not self.low <= value <= self.high:
            raise InputError(f"{self.option} takes {self.range}, not {value:,}.")
        return int(value) if self.type is int else float(value)


Declared = ParamSpec("Declared")


def declaring(kind: Callable[Declared, Param]) -> Callable[Declared, Any]:
    """A function that takes what `kind` takes and makes a dataclass field of it, which is also a setting."""

    def declare(*args: Declared.args, **kwargs: Declared.kwargs) -> Any:
        setting = kind(*args, **kwargs)
        return field(default=setting.default, metadata={"param": setting})

    return declare


param = declaring(Param)


def params(owner: Any) -> tuple[Param, ...]:
    """The settings that a dataclass (or an instance of one) declares, in order."""
    return _params(owner if isinstance(owner, type) else type(owner))


@cache
def _params(cls: Any) -> tuple[Param, ...]:
    hints = get_type_hints(cls)
    return tuple(
        replace(f.metadata["param"], name=f.name, type=hints[f.name]) for f in fields(cls) if "param" in f.metadata
    )


def check_params(owner: Any) -> None:
    """Check and convert every setting of a frozen dataclass that is being made; raises InputError."""
    for setting, remembered in _checks(owner.__class__):
        given = getattr(owner, setting.name)
        try:
            checked = remembered(given)
        except TypeError:  # of a kind that cannot be remembered
            checked = setting.check(given)
        if checked is not given:
            object.__setattr__(owner, setting.name, checked)


@cache
def _checks(cls: Any) -> tuple[tuple[Param, Callable[[Any], Any]], ...]:
    """Each setting and what checks it. Thousands of runs have few values: each is checked once and shared by all.

    Not one with a `reads`: that takes lists, and (1, 2) is to Python the same as (True, 2.0).
    """
    return tuple(
        (setting, setting.check if setting.reads else lru_cache(REMEMBERED, typed=True)(setting.check))
        for setting in params(cls)
    )
