"""How names of runs write the values of settings whose label and value do not make the shortest words."""

from pathlib import Path

from model.base.number_format import count, rounded
from model.data.batch_sampling import Sampling
from model.nn.normalization import Placement


def shape_name(hidden: tuple[int, ...]) -> str:
    """40-20, or 5 × 100 where all layers are alike."""
    if len(set(hidden)) == 1 and len(hidden) > 1:
        return f"{len(hidden)} × {hidden[0]}"
    return "-".join(map(str, hidden))


def hidden_words(hidden: tuple[int, ...]) -> str:
    """40-20, 5 × 100 or no hidden layer."""
    return shape_name(hidden) or "no hidden layer"


def std_words(std: float) -> str:
    """σ 0.05."""
    return f"σ {rounded(std)}"


def batch_norm_words(placement: Placement) -> str:
    """No batch norm; batch norm for its usual place, and its place where it has another."""
    if not placement.normalises:
        return "no batch norm"
    return "batch norm" if placement is Placement.BEFORE else f"batch norm {placement.label.lower()}"


def iterations_words(iterations: int) -> str:
    """5 000 iterations."""
    return f"{count(iterations)} iterations"


def sampling_words(sampling: Sampling) -> str:
    """Epochs, with a small letter."""
    return sampling.label.lower()


def data_words(folder: str) -> str:
    """The folder's own name, MNIST for none."""
    return Path(folder).name if folder else "MNIST"
