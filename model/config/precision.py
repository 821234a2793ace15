"""The floating-point types a run can compute in."""

from dataclasses import dataclass

from model.base.choices import Choice


@dataclass(frozen=True)
class Precision:
    """A floating-point type by its NumPy name."""

    label: str
    dtype: str
    help: str


class Numbers(Choice):
    """The floating-point type a run computes in."""

    FLOAT32 = Precision("float32", "float32", "Fast, and what deep learning uses.")
    FLOAT64 = Precision("float64", "float64", "Half as fast; for checking gradients.")
