"""The options of the command line that are not settings of a run, declared as `param`s like those."""

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.base.errors import InputError
from model.base.params import check_params, param
from model.base.user_paths import RUN_SUFFIX
from model.config.presets import LESSON
from model.config.recipe import Branch, LayerScale
from model.config.run_options import ChangeOption
from model.config.views import LARGEST, SMALLEST, PageKind, Scheme, Size, ViewKind
from model.lessons.lesson_place import LessonPlace, parse_lesson_place

MAX_PIXELS = 150_000_000


def parse_size(value: object) -> Size:
    """Parse a size in pixels from '1600x1000' or a Size; raises InputError."""
    if isinstance(value, str):
        found = re.fullmatch(r"\s*([0-9]{1,9})\s*[xX×]\s*([0-9]{1,9})\s*", value)
        if not found:
            raise InputError(f"--size takes width x height such as 1600x1000, not '{value}'.")
        value = Size(int(found[1]), int(found[2]))
    if not isinstance(value, Size):
        raise InputError(f"--size takes width x height such as 1600x1000, not {value!r}.")
    limits = zip(SMALLEST, value, LARGEST, strict=True)
    if not all(low <= side <= high for low, side, high in limits):
        raise InputError(f"--size takes {SMALLEST} to {LARGEST}, not {value}.")
    return value


def parse_iteration(value: object) -> int | None:
    """Parse an iteration from '340' or 340; None stands for the end. Raises InputError."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return int(value)
    raise InputError(f"--at takes the number of an iteration such as 340, not {value!r}.")


def parse_path(value: object) -> Path | None:
    """Parse a path from its text; raises InputError."""
    if value is None or isinstance(value, Path):
        return value
    if isinstance(value, str) and value and "\0" not in value:
        return Path(value)
    raise InputError(f"The name of a file is wanted, not {value!r}.")


def parse_save(value: object) -> Path | None:
    """Parse the path of a `.layerscope` file to write; raises InputError."""
    path = Path(value) if isinstance(value, str) else value
    if not (path is None or (isinstance(path, Path) and path.suffix.lower() == RUN_SUFFIX)):
        raise InputError(f"--save takes a file that ends in {RUN_SUFFIX}, not '{value}'.")
    return path


def parse_scales(values: object) -> tuple[LayerScale, ...]:
    """Parse the scaling of layers from texts such as '2=0.5'; raises InputError."""
    assert isinstance(values, list | tuple)
    return tuple(value if isinstance(value, LayerScale) else _scale(str(value)) for value in values)


def _scale(text: str) -> LayerScale:
    if found := re.fullmatch(r"\s*([0-9]{1,9})=(.+)", text):
        with suppress(ValueError):
            return LayerScale(int(found[1]), float(found[2]))
    raise InputError(f"--scale takes LAYER=FACTOR such as 2=0.5, layers counted from 1, not '{text}'.")


def parse_branch(value: object) -> Branch | None:
    """Parse a branch from its JSON; raises InputError."""
    if value is None or isinstance(value, Branch):
        return value
    try:
        return Branch.from_json(json.loads(str(value)))
    except (ValueError, RecursionError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError("--branch takes JSON as 'Copy as command' writes it, and this is none.") from None


@dataclass(frozen=True)
class Output(ChangeOption):
    """Options of a run without a window: how it is printed, changed on the way, and saved."""

    json: bool = param(False, "JSON", "Prints one JSON object per record, and a last one with the result.")
    save: Path | None = param(
        None, "Save", f"Writes the run to a file that ends in {RUN_SUFFIX}, with its curves and weights.",
        reads=parse_save,
    )  # fmt: skip

    def __post_init__(self) -> None:
        check_params(self)


@dataclass(frozen=True)
class Training(Output):
    """Options of `train` besides the settings of its run."""

    branch: Branch | None = param(
        None, "Branch", "Begins with the weights of another run, as 'Copy as command' writes it.", reads=parse_branch
    )


@dataclass(frozen=True)
class Workers:
    """Option of what trains many runs: the number of worker processes."""

    jobs: int = param(
        0, "Jobs", "Worker processes; 0 is as many as there are processors.", low=0, high=256, off="one a processor"
    )


@dataclass(frozen=True)
class Spread(Workers):
    """Options of `sweep` besides the settings of its runs; raises InputError."""

    vary: tuple[str, ...] = param(
        (), "Vary", "Runs everything with each value of a setting, as in init=gauss,he or depth=1..5; repeatable.",
        many=True, reads=tuple,
    )  # fmt: skip
    seeds: int = param(1, "Seeds", "Runs everything with so many seeds, from --seed on.", low=1, high=10_000)
    scheduler: str = param(
        "", "Scheduler", "Runs on the workers of the Dask scheduler at this address, such as tcp://HOST:8786."
    )
    out: str = param("", "Out", "The CSV file for the results; a sweep that was interrupted goes on from it.")

    def __post_init__(self) -> None:
        check_params(self)
        if not self.out:
            raise InputError("A sweep needs --out FILE.csv to keep its results in.")
        if self.scheduler and self.jobs:
            raise InputError("--jobs is for this machine; with --scheduler its workers do the work.")


@dataclass(frozen=True)
class Sheet:
    """Options of a picture drawn without a display; raises InputError above MAX_PIXELS."""

    size: Size = param(
        Size(1600, 1000), "Size", f"Width x height of the window in pixels, {SMALLEST} to {LARGEST}.",
        reads=parse_size,
    )  # fmt: skip
    scale: int = param(2, "Scale", "Pixels of the picture for each pixel of the window.", low=1, high=4)
    theme: Scheme = param(Scheme.LIGHT, "Theme", "The colours of the picture.")
    at: int | None = param(
        None, "At", "The iteration that is shown, or the last one before it that was recorded; the end when left out.",
        reads=parse_iteration,
    )  # fmt: skip

    def __post_init__(self) -> None:
        check_params(self)
        pixels = self.size.width * self.size.height * self.scale**2
        if pixels > MAX_PIXELS:
            raise InputError(
                f"--size {self.size} at --scale {self.scale} makes a picture of {pixels:,} pixels; "
                f"at most {MAX_PIXELS:,} can be drawn."
            )

    @property
    def dark(self) -> bool:
        """Whether the dark colour scheme is chosen."""
        return self.theme is Scheme.DARK


@dataclass(frozen=True)
class Picture(Sheet):
    """Options of `screenshot`."""

    page: PageKind = param(
        PageKind.RUN, "Page",
        "Which page is open; those beside the run's show their lesson, which takes --iterations, --seed and --data.",
    )  # fmt: skip
    view: ViewKind = param(ViewKind.ACTIVATIONS, "View", "Which tab is open below the curves.")
    lesson: LessonPlace | None = param(
        None, "Lesson", "A step of a lesson such as 5:3, with a bet and its run; instead of settings, page and view.",
        reads=parse_lesson_place,
    )  # fmt: skip


@dataclass(frozen=True)
class Shelf:
    """Option that names the library file."""

    library: Path | None = param(
        None, "Library", "The file that the runs are in; that of the window when left out.", reads=parse_path
    )


@dataclass(frozen=True)
class Forking(Output, Shelf):
    """Options of `fork` besides the settings that a branch changes."""

    at: int | None = param(
        None, "At", "After how many updates the branch leaves the run; where that ended when left out.",
        reads=parse_iteration,
    )  # fmt: skip
    scale: tuple[LayerScale, ...] = param(
        (), "Scale", "Multiplies one layer's weights where the branch begins, as in 2=0.5; repeatable.",
        many=True, reads=parse_scales,
    )  # fmt: skip


@dataclass(frozen=True)
class Comparison(Shelf, Sheet):
    """Options of `compare`."""

    lesson: bool = param(
        False, "Lesson", f"Stands for the lesson's six: {', '.join(preset.name for preset in LESSON)}."
    )
