"""How names of runs write the values of settings whose label and value do not make the shortest words."""

from pathlib import Path

from model.base.number_format import count, rounded
from model.data.batch_sampling import Sampling
from model.data.orientation import Orientation
from model.data.pixel_scaling import Pixels
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual


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


def norm_words(norm: Norm) -> str:
    """No normalisation; batch norm for its usual place, batch norm after where it has another."""
    return str(norm.value.words)


def residual_words(residual: Residual) -> str:
    """Residual, or no residual."""
    return "residual" if residual is Residual.ON else "no residual"


def loss_words(loss: Loss) -> str:
    """Cross-entropy, or squared error."""
    return str(loss.value.words)


def pixels_words(pixels: Pixels) -> str:
    """Pixels 0 to 255."""
    return f"pixels {pixels.label.lower()}"


def iterations_words(iterations: int) -> str:
    """5 000 iterations."""
    return f"{count(iterations)} iterations"


def sampling_words(sampling: Sampling) -> str:
    """Epochs, with a small letter."""
    return sampling.label.lower()


def data_words(folder: str) -> str:
    """The folder's own name, MNIST for none."""
    return Path(folder).name if folder else "MNIST"


def orientation_words(orientation: Orientation) -> str:
    """Orientation by name, as stored or exchanged."""
    return f"orientation {orientation.label.lower()}"
