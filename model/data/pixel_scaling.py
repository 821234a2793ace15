"""Scaling of pixels: how the bytes of an image become the numbers that a network is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.base.arrays import Array, Bytes, Float
from model.base.choices import Choice

if TYPE_CHECKING:
    from model.data.datasets import Dataset


@dataclass(frozen=True)
class PixelScaling:
    """Map x = factor · byte + shift."""

    factor: float
    shift: float

    def scaled(self, pixels: Bytes, dtype: Float) -> Array:
        """Scale `pixels` into a new array of the same shape."""
        values = pixels.astype(dtype)
        self.scale(values)
        return values

    def scale(self, values: Array) -> None:
        """Scale bytes that are numbers of the network's type already, in place."""
        # In two passes: a product that converts as it goes is buffered and takes longer than both.
        np.multiply(values, values.dtype.type(self.factor), out=values)
        if self.shift:
            np.add(values, values.dtype.type(self.shift), out=values)

    @property
    def per_unit(self) -> float:
        """How far x moves while a pixel goes from black to white."""
        return 255 * self.factor


UNIT_SCALING = PixelScaling(1 / 255, 0.0)


def unit(dataset: "Dataset") -> PixelScaling:
    """From 0 to 1."""
    return UNIT_SCALING


def raw(dataset: "Dataset") -> PixelScaling:
    """As the file has them."""
    return PixelScaling(1.0, 0.0)


def signed(dataset: "Dataset") -> PixelScaling:
    """From −1 to 1."""
    return PixelScaling(2 / 255, -1.0)


def standardised(dataset: "Dataset") -> PixelScaling:
    """Mean 0 and standard deviation 1 over all pixels of the training set; alike pixels all become 0."""
    mean, std = dataset.pixel_moments
    factor = 1 / std if std > 0 else 1.0
    return PixelScaling(factor, -mean * factor)


@dataclass(frozen=True)
class Scale:
    """Choice of a scaling: `of(dataset)` is it; `key` is its name, which begins with a digit as no Enum's can."""

    label: str
    key: str
    of: "Callable[[Dataset], PixelScaling]"
    help: str


class Pixels(Choice):
    """Scales of the pixels that a network is given."""

    # fmt: off
    UNIT = Scale("0 to 1", "0-to-1", unit, "Black is 0 and white is 1: small numbers, none of them negative.")
    RAW = Scale("0 to 255", "0-to-255", raw,
                "Nobody scaled them: z of layer 1 is 255 times as large as the initial weights are made for.")
    SIGNED = Scale("−1 to 1", "minus-1-to-1", signed, "Black is −1 and white is 1: most pixels are then far from 0.")
    STANDARDISED = Scale("Standardised", "standardised", standardised,
                         "Mean 0 and standard deviation 1 over all pixels of the training set.")
    # fmt: on

    @property
    def key(self) -> str:
        return str(self.value.key)

    @property
    def other_names(self) -> tuple[str, ...]:
        """Its name, and its label: with spaces or hyphens, with a minus sign or a hyphen for one."""
        plain = self.label.replace("−", "-")
        return self.name, self.label, plain, plain.replace(" ", "-")
