"""What the command line can ask for besides the settings of a run, declared as they are."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from model.choices import Choice
from model.errors import InputError
from model.params import check_params, param
from model.presets import PRESETS, Preset, preset_named

MAX_PIXELS = 150_000_000


class Size(NamedTuple):
    """Width and height in pixels, written 1600x1000."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


SMALLEST = Size(640, 480)
LARGEST = Size(7680, 4320)


def parse_size(value: object) -> Size:
    """A size from '1600x1000' or a Size; raises InputError."""
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
    """An iteration from '340' or 340, None for the end; raises InputError."""
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0):
        return value
    if isinstance(value, str) and re.fullmatch(r"\s*[0-9]{1,9}\s*", value):
        return int(value)
    raise InputError(f"--at takes the number of an iteration such as 340, not {value!r}.")


@dataclass(frozen=True)
class Look:
    """A colour scheme."""

    label: str
    help: str


class Scheme(Choice):
    """The colours of a picture."""

    LIGHT = Look("Light", "Dark text on a light ground, for paper and slides.")
    DARK = Look("Dark", "Light text on a dark ground.")


class View(Choice):
    """The ways to look at all layers, in the order of their tabs."""

    ACTIVATIONS = Look("Activations", "What each layer answers, now and at the start.")
    GRADIENTS = Look("Gradients", "How large the gradient is in each layer, now and at the start.")
    SLOPE = Look("On the slope", "Where each layer's z lies on the activation's curve and its slope.")
    WEIGHTS = Look("Weights", "Each layer's weights, and the first layer's as pictures.")
    LEDGER = Look("Ledger", "What each stage takes from the gradient or adds to it.")
    TIMELINE = Look("Over time", "Gradients and histograms of each layer against iterations.")
    DIGIT = Look("One digit", "One image's way through the network, and its gradient's way back.")


@dataclass(frozen=True)
class Start:
    """Where a run's settings come from."""

    preset: Preset | None = param(
        None, "Preset",
        "A ready experiment to start from, which the other options change: "
        f"{', '.join(preset.name for preset in PRESETS)}.",
        reads=preset_named,
    )  # fmt: skip


@dataclass(frozen=True)
class Output:
    """How `train` prints its results."""

    json: bool = param(False, "JSON", "Prints one JSON object per record, and a last one with the result.")


@dataclass(frozen=True)
class Picture:
    """What `screenshot` draws; raises InputError for what cannot be drawn."""

    size: Size = param(
        Size(1600, 1000), "Size", f"Width x height of the window in pixels, {SMALLEST} to {LARGEST}.",
        reads=parse_size,
    )  # fmt: skip
    scale: int = param(2, "Scale", "Pixels of the picture for each pixel of the window.", low=1, high=4)
    theme: Scheme = param(Scheme.LIGHT, "Theme", "The colours of the picture.")
    view: View = param(View.ACTIVATIONS, "View", "Which tab is open below the curves.")
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
        """Whether the ground is dark."""
        return self.theme is Scheme.DARK
