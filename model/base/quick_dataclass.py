"""The decorator `dataclass` for the many small classes of a program that is to start at once.

That of `dataclasses` compiles up to seven functions for each class, 0.3 ms: a sixth of the time in which the window
comes up. Here one is compiled, `__init__`, and the others are the same for all classes.
"""

import sys
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as standard
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, eq=True, slots=False):
        """The decorator of `dataclasses`, with these of its options; see there."""

        def made(decorated: type) -> type:
            return _completed(decorated, frozen=frozen, eq=eq, slots=slots)

        return made if cls is None else made(cls)


__all__ = ["dataclass"]


class _Factory:
    def __repr__(self) -> str:
        return "<factory>"


FACTORY = _Factory()  # the default of a parameter whose real one is made for each instance


def _completed(cls: type, *, frozen: bool, eq: bool, slots: bool) -> type:
    own = {name for name, value in vars(cls).items() if value is not None}  # Python sets __hash__ to None beside __eq__
    made: Any = standard(init=False, repr=False, eq=False, slots=slots)(cls)
    known = fields(made)
    methods: dict[str, Any] = {"__init__": _init(made, known, frozen=frozen), "__repr__": _repr}
    if eq:
        compared = _values_of(tuple(each.name for each in known if each.compare))
        methods["__eq__"] = _eq(compared)
        methods["__hash__"] = (lambda self: hash(compared(self))) if frozen else None
    if frozen and slots:  # else copies of it, also those in another process, are made by setting what is frozen
        methods |= {"__getstate__": _state, "__setstate__": _set_state}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    if frozen:
        names = frozenset(each.name for each in known)
        made.__setattr__, made.__delattr__ = _refusing(made, names)
    return made  # type: ignore[no-any-return]  # a class, of which types know nothing here


def _init(cls: type, known: "tuple[Field[Any], ...]", *, frozen: bool) -> "Callable[..., None]":
    values: dict[str, Any] = {"FACTORY": FACTORY, "set_field": object.__setattr__}
    plain, by_name, body = ["self"], ["*"], list[str]()
    for each in known:
        name, value = each.name, each.name
        parameter = name
        if each.default_factory is not MISSING:
            values[f"make_{name}"] = each.default_factory
            parameter = f"{name}=FACTORY"
            value = f"make_{name}() if {name} is FACTORY else {name}" if each.init else f"make_{name}()"
        elif each.default is not MISSING:
            values[f"default_{name}"] = each.default
            parameter = f"{name}=default_{name}"
        if each.init:
            (by_name if each.kw_only else plain).append(parameter)
        if each.init or each.default_factory is not MISSING:
            body.append(f"set_field(self, '{name}', {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join([*plain, *(by_name if len(by_name) > 1 else [])])
    lines = "\n  ".join(body or ["pass"])
    text = f"def make({', '.join(values)}):\n def __init__({parameters}):\n  {lines}\n return __init__"
    # With the globals of the class's module, in which whoever reads the annotations looks names up.
    made: dict[str, Any] = {}
    exec(text, vars(sys.modules[cls.__module__]), made)
    init = made["make"](**values)
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    init.__annotations__ = {each.name: each.type for each in known if each.init} | {"return": None}
    return init  # type: ignore[no-any-return]  # as above


@recursive_repr()
def _repr(self: Any) -> str:
    shown = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _set_state(self: Any, state: list[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _values_of(names: tuple[str, ...]) -> "Callable[[Any], tuple[Any, ...]]":
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _eq(compared: "Callable[[Any], tuple[Any, ...]]") -> "Callable[[Any, object], bool]":
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807  as it is called in a traceback
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    return __eq__


def _refusing(cls: Any, names: frozenset[str]) -> "tuple[Callable[..., None], Callable[..., None]]":
    def __setattr__(self: Any, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    return __setattr__, __delattr__
