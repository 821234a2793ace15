"""Presets: the six networks of the classic lesson, and others that explain their behaviour."""

from dataclasses import dataclass

from model.base.errors import InputError
from model.config.config import Config
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.normalization import Norm


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
) -> Preset:
    config = Config(hidden=hidden, activation=activation, init=init, norm=norm)
    return Preset(name, label, config, look)


PRESETS = (
    _preset("sigmoid-gauss", "Sigmoid + Gaussian 0.01", Activation.SIGMOID, Initializer.GAUSS,
            "Layer 2 gives every image the same answer: small weights have erased the signal; no gradient comes back."),
    _preset("sigmoid-he", "Sigmoid + He", Activation.SIGMOID, Initializer.HE,
            "Activations spread out from 0.5, so the images can be told apart: the same network learns."),
    _preset("sigmoid-xavier", "Sigmoid + Xavier", Activation.SIGMOID, Initializer.XAVIER,
            "Made for the sigmoid: activations spread without reaching its flat ends."),
    _preset("relu-gauss", "ReLU + Gaussian 0.01", Activation.RELU, Initializer.GAUSS,
            "Nothing happens for some hundred iterations, then it escapes: ReLU passes the gradient whole."),
    _preset("relu-he", "ReLU + He", Activation.RELU, Initializer.HE,
            "Learns from the first step: He weights make up for the half of the signal that ReLU cuts off."),
    _preset("relu-xavier", "ReLU + Xavier", Activation.RELU, Initializer.XAVIER,
            "With two layers the missing factor of 2 hardly shows; with ten it does."),
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
)  # fmt: skip


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
    """The preset that equals `config` except for seed and data, or None."""
    for preset in PRESETS:
        if preset.config == config.replace(seed=preset.config.seed, data=preset.config.data):
            return preset
    return None
