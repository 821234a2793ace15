"""How names of runs write the values of settings whose label and value do not make the shortest words."""

from pathlib import Path

from model.base.language import message, tr
from model.data.batch_sampling import Sampling
from model.data.orientation import Orientation
from model.data.pixel_scaling import Pixels
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual

SAMPLINGS = {Sampling.REPLACEMENT: message("replacement"), Sampling.EPOCHS: message("epochs")}
PIXELS = {
    Pixels.UNIT: message("pixels 0 to 1"),
    Pixels.RAW: message("pixels 0 to 255"),
    Pixels.SIGNED: message("pixels −1 to 1"),
    Pixels.STANDARDISED: message("pixels standardised"),
}
ORIENTATIONS = {
    Orientation.BY_NAME: message("orientation by name"),
    Orientation.STORED: message("orientation as stored"),
    Orientation.EXCHANGED: message("orientation exchanged"),
}


def shape_name(hidden: tuple[int, ...]) -> str:
    """40-20, or 5 × 100 where all layers are alike."""
    if len(set(hidden)) == 1 and len(hidden) > 1:
        return f"{len(hidden)} × {hidden[0]}"
    return "-".join(map(str, hidden))


def hidden_words(hidden: tuple[int, ...]) -> str:
    """40-20, 5 × 100 or no hidden layer."""
    return shape_name(hidden) or tr("no hidden layer")


def norm_words(norm: Norm) -> str:
    """No normalisation; batch norm for its usual place, batch norm after where it has another."""
    return str(norm.value.words)


def residual_words(residual: Residual) -> str:
    """Residual, or no residual."""
    return tr("residual") if residual is Residual.ON else tr("no residual")


def loss_words(loss: Loss) -> str:
    """Cross-entropy, or squared error."""
    return str(loss.value.words)


def pixels_words(pixels: Pixels) -> str:
    """Pixels 0 to 255."""
    return tr(PIXELS[pixels])


def sampling_words(sampling: Sampling) -> str:
    """Epochs, with a small letter."""
    return tr(SAMPLINGS[sampling])


def data_words(folder: str) -> str:
    """The folder's own name, MNIST for none."""
    return Path(folder).name if folder else "MNIST"


def orientation_words(orientation: Orientation) -> str:
    """Orientation by name, as stored or exchanged."""
    return tr(ORIENTATIONS[orientation])
