"""Words that the sources mark, found in their syntax trees: calls of the functions of `model.base.language`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.base.user_paths import ROOT

MARKS = ("tr", "message", "Message", "InputError", "UnsavedError")
IN_CONTEXT, COUNTED = "tr_in", "tr_count"
LOOKED_UP = (*MARKS, IN_CONTEXT, COUNTED)
ROOMS = ("gui", "model")
# What the command line alone says is not translated.
ENGLISH_ALONE = ("model/cli",)


@dataclass(frozen=True)
class MarkedWords:
    """Words as a source has them: `many` is the other form of counted ones, `figures` what the call gives them.

    `figures` is None where they are not put together there, `text` where they are no literal.
    """

    file: str
    line: int
    function: str
    text: str | None
    context: str | None = None
    many: str = ""
    figures: frozenset[str] | None = frozenset()

    @property
    def place(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"


def sources(root: Path = ROOT) -> list[Path]:
    """The files of the program whose words the window may show."""
    return sorted(
        path
        for room in ROOMS
        for path in (root / room).rglob("*.py")
        if not path.relative_to(root).as_posix().startswith(ENGLISH_ALONE)
    )


def marked(source: str, file: str) -> Iterator[MarkedWords]:
    """All marked words of a source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (name := _called(node)) in LOOKED_UP and node.args:
            yield _words(node, name, file)


def all_marked(root: Path = ROOT) -> list[MarkedWords]:
    """All marked words of the program."""
    return [
        words for path in sources(root) for words in marked(path.read_text("utf-8"), path.relative_to(root).as_posix())
    ]


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _words(node: ast.Call, name: str, file: str) -> MarkedWords:
    texts = [_literal(argument) for argument in node.args]
    starred = any(keyword.arg is None for keyword in node.keywords)
    figures = None if starred else frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
    if name == "message":
        figures = None
    if name == IN_CONTEXT:
        return MarkedWords(file, node.lineno, name, texts[1], context=texts[0], figures=figures)
    if name == COUNTED:
        figures = None if figures is None else figures | {"n"}
        return MarkedWords(file, node.lineno, name, texts[0], many=texts[1] or "", figures=figures)
    return MarkedWords(file, node.lineno, name, texts[0], figures=figures)


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
