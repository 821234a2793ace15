"""The results of a sweep as a CSV file, which is complete at every moment, so that the sweep can be resumed."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from io import StringIO
from pathlib import Path
from time import perf_counter

from model.base.arithmetic import Arithmetic
from model.base.errors import InputError
from model.base.files import check_target, write_whole
from model.config.config import Config
from model.diagnosis.verdict import Cause, Condition
from model.sweeps.sweep import Result, SweepCell

FIGURES = ("final_test_accuracy", "final_train_accuracy", "final_loss", "log_gradient")
COLUMNS = ("seed", *FIGURES, "updates", "verdict", "cause", "diverged", "config")
# What a run was computed with; files from before there were these columns have none.
ARITHMETIC = tuple(part.name for part in fields(Arithmetic))
# Between two writes of the file lie so many seconds, or so many times as long as the last write took.
WRITE_SECONDS, WRITE_RATIO = 1.0, 10.0


def identity(config: Config) -> str:
    """All settings of a run as one line of JSON: the key of its row."""
    return json.dumps(config.to_json(), separators=(",", ":"))


class Results:
    """The finished results of a sweep, by cell index, and their file: one row each, in the order of `cells`.

    An existing file is read first; rows are matched by `identity`, whatever they were computed with; `arithmetics` has
    each of these once, as far as they are known. Raises InputError for a file with other contents, which a write would
    destroy, and for one that cannot be written.
    """

    def __init__(self, path: Path, cells: Sequence[SweepCell]) -> None:
        self.path = path
        self.cells = cells
        self.finished: dict[int, Result] = {}
        self.arithmetics: list[Arithmetic] = []
        self._rows: dict[int, str] = {}
        self._unwritten = 0
        self._due = 0.0
        check_target(path)
        if path.exists():
            for result in _read(path, cells):
                self.add(result)
        self._head = _line([*(name for name, _ in cells[0].varied), *COLUMNS, *ARITHMETIC])
        self.write()

    @property
    def missing(self) -> list[SweepCell]:
        """The cells without a result."""
        return [cell for cell in self.cells if cell.index not in self.finished]

    def add(self, result: Result) -> None:
        """Add the result of a cell; `write_if_due` or `write` puts it into the file."""
        self.finished[result.cell.index] = result
        self._rows[result.cell.index] = _row(result)
        if result.arithmetic and result.arithmetic not in self.arithmetics:
            self.arithmetics.append(result.arithmetic)
        self._unwritten += 1

    def write_if_due(self) -> None:
        """Write if there are new results and the last write is at least a second ago; raises InputError."""
        if self._unwritten and perf_counter() >= self._due:
            self.write()

    def write(self) -> None:
        """Write all results; raises InputError, which leaves the old file in place."""
        begun = perf_counter()
        text = self._head + "".join(self._rows[index] for index in sorted(self._rows))
        write_whole(self.path, text.encode("utf-8", "surrogateescape"))
        now = perf_counter()
        self._unwritten, self._due = 0, now + max(WRITE_SECONDS, WRITE_RATIO * (now - begun))


def _line(values: Sequence[str]) -> str:
    out = StringIO()
    # Until Python 3.13 a writer quotes only those ends of lines that it writes itself; a folder's name can have either.
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _row(result: Result) -> str:
    cell = result.cell
    return _line([
        *(value for _, value in cell.varied),
        str(cell.config.seed),
        *(_written(getattr(result, name)) for name in FIGURES),
        str(result.iterations),
        result.condition.key,
        result.cause.key,
        str(result.diverged),
        identity(cell.config),
        *(map(str, asdict(result.arithmetic).values()) if result.arithmetic else [""] * len(ARITHMETIC)),
    ])  # fmt: skip


def _written(value: float | None) -> str:
    return "" if value is None else repr(value)


def _read(path: Path, cells: Sequence[SweepCell]) -> list[Result]:
    """Read the results of `cells` from the file; raises InputError for rows of other runs."""
    wanted: dict[str, list[SweepCell]] = {}
    for cell in cells:
        wanted.setdefault(identity(cell.config), []).append(cell)
    found = [(identity(result.cell.config), result) for result in _rows(path)]
    if others := sum(name not in wanted for name, _ in found):
        raise InputError(
            f"'{path}' has {others:,} results that are not of this sweep; "
            "choose another file for --out, or the same settings again."
        )
    return [replace(result, cell=cell) for name, result in found for cell in wanted[name]]


def _rows(path: Path) -> list[Result]:
    try:
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            table = csv.DictReader(file, strict=True)
            if not {*COLUMNS} <= {*(table.fieldnames or COLUMNS)}:
                raise ValueError("other columns")
            return [_result(row) for row in table]
    except OSError as error:
        raise InputError(f"'{path}' cannot be read: {error.strerror}.") from None
    except (csv.Error, TypeError, ValueError, RecursionError):
        raise InputError(f"'{path}' is not a table that a sweep has written; choose another file for --out.") from None


def _result(row: dict[str, str]) -> Result:
    """Decode a row; the result has no curve, and its cell no index."""
    test, train, loss, gradient = (float(row[name]) if row[name] else None for name in FIGURES)
    cell = SweepCell(0, Config.from_json(json.loads(row["config"])))
    condition, cause = Condition.named(row["verdict"]), Cause.named(row["cause"])
    figures = Result(cell, int(row["updates"]), test, train, loss, gradient, condition, cause)
    known = all(row.get(name) for name in ARITHMETIC)
    return replace(figures, arithmetic=Arithmetic.from_json(row) if known else None)
