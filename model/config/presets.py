"""Presets: the six networks of the classic lesson, and others that explain their behaviour."""

from dataclasses import dataclass
from typing import Any

from model.base.errors import InputError
from model.config.config import Config
from model.data.pixel_scaling import Pixels
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import Norm
from model.nn.residual import Residual


@dataclass(frozen=True)
class Preset:
    """A named Config; `look` is a sentence on what to watch for."""

    name: str
    label: str
    config: Config
    look: str


def _preset(  # the lesson's 784-[40, 20]-10 with SGD 0.1 unless said otherwise
    name: str,
    label: str,
    activation: Activation,
    init: Initializer,
    look: str,
    hidden: tuple[int, ...] = (40, 20),
    norm: Norm = Norm.NONE,
    **others: Any,
) -> Preset:
    config = Config(hidden=hidden, activation=activation, init=init, norm=norm).replace(**others)
    return Preset(name, label, config, look)


DEEP = (50,) * 30
PRESETS = (
    _preset("sigmoid-gauss", "Sigmoid + Gaussian 0.01", Activation.SIGMOID, Initializer.GAUSS,
            "Layer 2 gives every image the same answer: small weights have erased the signal; no gradient comes back."),
    _preset("sigmoid-he", "Sigmoid + He", Activation.SIGMOID, Initializer.HE,
            "Activations spread out from 0.5, so the images can be told apart: the same network learns."),
    _preset("sigmoid-xavier", "Sigmoid + Xavier", Activation.SIGMOID, Initializer.XAVIER,
            "Activations spread without reaching the flat ends; He's make up for more of the low slope."),
    _preset("relu-gauss", "ReLU + Gaussian 0.01", Activation.RELU, Initializer.GAUSS,
            "Nothing happens for some hundred iterations, then it escapes: ReLU passes the gradient whole."),
    _preset("relu-he", "ReLU + He", Activation.RELU, Initializer.HE,
            "Learns from the first step: He weights make up for the half of the signal that ReLU cuts off."),
    _preset("relu-xavier", "ReLU + Xavier", Activation.RELU, Initializer.XAVIER,
            "With two layers the missing factor of 2 hardly shows; ten begin later, and thirty never do."),
    _preset("sigmoid-xavier-small", "Sigmoid + Xavier, 20-10", Activation.SIGMOID, Initializer.XAVIER,
            "Half the units: it learns, but more slowly, and ends lower.", hidden=(20, 10)),
    _preset("zeros", "Zeros", Activation.SIGMOID, Initializer.ZEROS,
            "All units of a layer start equal and get equal gradients: forty units do the work of one."),
    _preset("sigmoid-gauss-bn", "Sigmoid + batch norm", Activation.SIGMOID, Initializer.GAUSS,
            "The same small weights as the first, but batch norm restores the signal at every layer.",
            norm=Norm.BATCH_BEFORE),
    _preset("deep-sigmoid", "Deep sigmoid, 5 × 100", Activation.SIGMOID, Initializer.XAVIER,
            "Xavier is not enough: five slopes of at most a quarter leave little of the gradient.", hidden=(100,) * 5),
    _preset("deep-sigmoid-bn", "Deep sigmoid + batch norm", Activation.SIGMOID, Initializer.XAVIER,
            "Batch norm makes up at each layer for what the slope takes.",
            hidden=(100,) * 5, norm=Norm.BATCH_BEFORE),
    _preset("raw-pixels", "Raw pixels", Activation.RELU, Initializer.HE,
            "Pixels up to 255 make z 255 times as large: the first steps are so long that a whole layer dies.",
            pixels=Pixels.RAW),
    _preset("squared-error", "Squared error", Activation.SIGMOID, Initializer.GAUSS,
            "Large weights saturate the outputs; where they are surely wrong, their slope lets hardly any error pass.",
            init_std=1.0, loss=Loss.SQUARED),
    _preset("deep-plain", "Deep plain, 30 × 50", Activation.RELU, Initializer.XAVIER,
            "Xavier halves the signal's variance at each ReLU; after thirty of them no image differs from another.",
            hidden=DEEP, learning_rate=0.01),
    _preset("deep-he", "Deep + He", Activation.RELU, Initializer.HE,
            "He's factor of 2 at every layer is all that the same thirty layers needed.",
            hidden=DEEP, learning_rate=0.01),
    _preset("deep-residual", "Deep residual", Activation.RELU, Initializer.GAUSS,
            "Weights too small for any plain network of this depth: the gradient goes around the layers.",
            hidden=DEEP, learning_rate=0.01, init_std=0.03, residual=Residual.ON),
    _preset("deep-layer-norm", "Deep + layer norm", Activation.RELU, Initializer.XAVIER,
            "Xavier's weights as in the plain one: layer norm restores each image's signal at every layer.",
            hidden=DEEP, learning_rate=0.005, norm=Norm.LAYER_BEFORE),
)  # fmt: skip

# The mistakes and remedies of practice, each of which makes its point with nine seeds of ten (docs/presets.md).
PRACTICE = PRESETS[-6:]


def preset_named(name: str) -> Preset:
    """Find a preset by name; raises InputError that lists the names."""
    for preset in PRESETS:
        if preset.name == name:
            return preset
    raise InputError(f"There is no preset '{name}'; there are {', '.join(preset.name for preset in PRESETS)}.")


# The classic lesson's six pictures: a row for each activation, from the smallest weights to the largest.
LESSON = tuple(
    preset_named(f"{activation.key}-{init.key}")
    for activation in (Activation.SIGMOID, Activation.RELU)
    for init in (Initializer.GAUSS, Initializer.XAVIER, Initializer.HE)
)


def preset_of(config: Config) -> Preset | None:
    """The preset that equals `config` except for seed and data set, or None."""
    for preset in PRESETS:
        own = preset.config
        if own == config.replace(seed=own.seed, data=own.data, orientation=own.orientation):
            return preset
    return None
