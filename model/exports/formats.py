"""The export formats of a run, declared once for the menu, the command line and the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.files import write_whole
from model.base.user_paths import RUN_SUFFIX
from model.history.run_log import RunLog
from model.history.run_summary import RunListing

Writer = Callable[[RunListing, RunLog, Path, int | None], Path]


def _csv(listing: RunListing, run_log: RunLog, out: Path, at: int | None) -> Path:
    from model.exports.csv import csv_of

    write_whole(out, csv_of(run_log))
    return out


def _jsonl(listing: RunListing, run_log: RunLog, out: Path, at: int | None) -> Path:
    from model.exports.jsonl import jsonl_of

    write_whole(out, jsonl_of(listing.recipe, run_log))
    return out


def _npz(listing: RunListing, run_log: RunLog, out: Path, at: int | None) -> Path:
    from model.exports.npz import npz_of

    write_whole(out, npz_of(listing.recipe, run_log, at))
    return out


def _tensorboard(listing: RunListing, run_log: RunLog, out: Path, at: int | None) -> Path:
    from model.exports.tensorboard import events_of, file_name

    file = out / file_name(listing)
    try:
        others = [path for path in out.glob("*tfevents*") if path.name != file.name] if out.is_dir() else []
        if others:
            raise InputError(f"'{out}' holds {others[0].name}; TensorBoard would mix the two: give each run a folder.")
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder '{out}' cannot be made: {error.strerror}.") from None
    write_whole(file, events_of(listing, run_log))
    return file


def _layerscope(listing: RunListing, run_log: RunLog, out: Path, at: int | None) -> Path:
    from model.library.run_file import write_listing

    write_listing(listing, run_log, out)
    return out


@dataclass(frozen=True)
class Format:
    """An export format; `suffix` is '' for a folder. `of_one_moment`: it holds one iteration, not all.

    `write` writes a run, which may still be training, whole or not at all, and returns the file; raises InputError.
    """

    label: str
    suffix: str
    help: str
    write: Writer
    of_one_moment: bool = False


class Export(Choice):
    """The export formats."""

    LAYERSCOPE = Format("Layerscope run", RUN_SUFFIX, "All of the run, to be opened in Layerscope.", _layerscope)
    CSV = Format("CSV table", ".csv", "A row for each record and layer, for pandas, R or a spreadsheet.", _csv)
    JSONL = Format("JSON Lines", ".jsonl", "An object for each record and one with the result, for scripts.", _jsonl)
    NPZ = Format("NumPy weights", ".npz", "The weights at one iteration, as plain arrays.", _npz, of_one_moment=True)
    TENSORBOARD = Format(
        "TensorBoard folder", "", "Every figure and histogram, in a folder that TensorBoard opens.", _tensorboard
    )

    @classmethod
    def of(cls, out: Path) -> "Export":
        """Choose the format by the suffix of `out`, TensorBoard for a folder; raises InputError for an unknown one."""
        if out.is_dir():
            return cls.TENSORBOARD
        for member in cls:
            if out.suffix.lower() == member.value.suffix:
                return member
        suffixes = ", ".join(member.value.suffix for member in cls if member.value.suffix)
        raise InputError(f"'{out}' must end in one of {suffixes}, or be a folder without a suffix for TensorBoard.")

    def write(self, listing: RunListing, run_log: RunLog, out: Path, at: int | None = None) -> Path:
        """Write a run to `out` and return the file; raises InputError.

        `at` is the iteration for a format of one moment, None for the end; other formats take None only.
        """
        from model.exports.reproduce import as_made

        if at is not None and not self.value.of_one_moment:
            raise InputError(f"--at is for {', '.join(self._of_one_moment())}; {self.key} holds every iteration.")
        written: Path = self.value.write(as_made(listing, run_log), run_log, out, at)
        return written

    @classmethod
    def _of_one_moment(cls) -> list[str]:
        return [member.key for member in cls if member.value.of_one_moment]
