"""`Config`: the only description of a run. Frozen, checked when made, written to and read from plain JSON."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from model.base.choices import Choice
from model.base.errors import InputError
from model.base.language import InContext, message
from model.base.layer_names import OUTPUT, layer_name
from model.base.params import check_params, params
from model.base.run_settings import RunSetting, Section, run_setting, run_settings
from model.config.former_settings import completed, renamed
from model.config.hidden_layers import parse_hidden
from model.config.plain_values import plain
from model.config.precision import Numbers
from model.config.setting_notes import residual_note
from model.config.setting_words import SettingWords, words_of
from model.config.value_words import (
    data_words,
    hidden_words,
    loss_words,
    norm_words,
    orientation_words,
    pixels_words,
    residual_words,
    sampling_words,
)
from model.data.batch_sampling import Sampling
from model.data.orientation import Orientation
from model.data.pixel_scaling import Pixels
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from model.nn.loss import Loss
from model.nn.normalization import BATCH_NORM, Norm
from model.nn.optimizers import SGD, Optimizer
from model.nn.residual import Residual

SettingValue = int | float | str | tuple[int, ...] | Choice | Optimizer


@dataclass(frozen=True)
class Config:
    """Everything that decides what a run computes; raises InputError for what cannot be run."""

    hidden: tuple[int, ...] = run_setting(
        (40, 20), "Hidden layers", "Units of each hidden layer, from the input side; 0 to 50 layers of 1 to 2,000.",
        reads=parse_hidden,
        section=Section.NETWORK, shared_with_branch=True, on_map=False, short=hidden_words,
        lesson_subtitle=message("hidden layers {value}"),
    )  # fmt: skip
    activation: Activation = run_setting(
        Activation.RELU, "Activation", "Its slope multiplies the gradient at every hidden layer.",
        section=Section.NETWORK, shared_with_branch=False, on_map=True, always_named=True,
    )  # fmt: skip
    init: Initializer = run_setting(
        Initializer.HE, "Initial weights", "Their size multiplies signal and gradient at every layer.",
        section=Section.NETWORK, shared_with_branch=True, on_map=True, always_named=True,
    )  # fmt: skip
    init_std: float = run_setting(
        0.01, "Std. dev. σ", "Standard deviation of Gaussian initial weights.",
        low=1e-6, high=100, usual=(0.001, 3.0), log=True, when="takes_std",
        section=Section.NETWORK, shared_with_branch=True, on_map=True, told="σ {value}",
    )  # fmt: skip
    norm: Norm = run_setting(
        Norm.NONE, "Normalisation", "Brings every layer back to mean 0 and spread 1, whatever the weights did.",
        section=Section.NETWORK, shared_with_branch=False, on_map=True, short=norm_words, formerly=BATCH_NORM,
    )  # fmt: skip
    bn_momentum: float = run_setting(
        0.9, "Running average",
        "How slowly mean and (biased) variance used in evaluation follow the batches: one minus PyTorch's momentum.",
        low=0, high=0.9999, when="averages",
        section=Section.MORE, shared_with_branch=False, on_map=True, told="running average {value}",
    )  # fmt: skip
    bn_epsilon: float = run_setting(
        1e-5, "Variance floor ε", "Added to the variance before the root.",
        low=1e-12, high=1, log=True, when="normalises",
        section=Section.MORE, shared_with_branch=False, on_map=True, told="variance floor ε {value}",
    )  # fmt: skip
    residual: Residual = run_setting(
        Residual.OFF, "Residual", "Gives the gradient a way around every hidden layer that is as wide as its input.",
        section=Section.NETWORK, shared_with_branch=False, on_map=True, short=residual_words, bare=Residual.ON.key,
        note=residual_note,
    )  # fmt: skip
    loss: Loss = run_setting(
        Loss.SOFTMAX, InContext("setting", "Loss"), "What the outputs are, and how far they are from the label.",
        section=Section.TRAINING, shared_with_branch=False, on_map=True, short=loss_words,
    )  # fmt: skip
    optimizer: Optimizer = run_setting(
        SGD(), "Optimiser", "How a gradient becomes a step.",
        reads=Optimizer.made,
        section=Section.TRAINING, shared_with_branch=False, on_map=True, lesson_subtitle="{value}",
    )  # fmt: skip
    batch_size: int = run_setting(
        100, "Batch", "Images per iteration: fewer make the gradient noisier.",
        low=1, high=10_000, unit="images",
        section=Section.TRAINING, shared_with_branch=True, on_map=True, told="batch {value}", lesson_subtitle="{value}",
    )  # fmt: skip
    iterations: int = run_setting(
        2_000, "Iterations", "How many steps the run takes.",
        low=0, high=10_000_000, told="{value} iterations",
        section=Section.TRAINING, shared_with_branch=False, on_map=False, lesson_option=True,
    )  # fmt: skip
    record_every: int = run_setting(
        10, "Record every", "Iterations between two points of the curves; each point costs a full test.",
        low=1, high=1_000_000, unit="iterations",
        section=Section.MORE, shared_with_branch=False, on_map=False, told="record every {value}",
    )  # fmt: skip
    seed: int = run_setting(
        0, "Seed", "Chooses the random numbers; the same seed gives the same run.",
        low=0, high=2**31 - 1, told="seed {value}",
        section=Section.TRAINING, shared_with_branch=True, on_map=False, lesson_option=True, lesson_subtitle="{value}",
    )  # fmt: skip
    sampling: Sampling = run_setting(
        Sampling.REPLACEMENT, "Batches", "How images are drawn into batches.",
        section=Section.MORE, shared_with_branch=True, on_map=True, short=sampling_words,
    )  # fmt: skip
    weight_decay: float = run_setting(
        0.0, "Weight decay",
        "L2, not AdamW's: adds this times the weights to the clipped gradient that the optimiser is given, not to the "
        "one shown. Spares biases, γ and β.",
        low=0, high=10, log=True, off="off", told="weight decay {value}", told_off="weight decay off",
        section=Section.MORE, shared_with_branch=False, on_map=True,
    )  # fmt: skip
    clip_norm: float = run_setting(
        0.0, "Clip gradient", "Shortens the whole gradient to this L2 norm when it is longer; 0 is off.",
        low=0, high=1e6, log=True, off="off", told="clip gradient {value}", told_off="clip gradient off",
        section=Section.MORE, shared_with_branch=False, on_map=True,
    )  # fmt: skip
    numbers: Numbers = run_setting(
        Numbers.FLOAT32, "Precision", "The floating-point type of the computation.",
        section=Section.MORE, shared_with_branch=True, on_map=True,
    )  # fmt: skip
    pixels: Pixels = run_setting(
        Pixels.UNIT, "Pixels", "The numbers that the network is given for black and white.",
        section=Section.DATA, shared_with_branch=False, on_map=True, short=pixels_words,
    )  # fmt: skip
    data: str = run_setting(
        "", "Data", "Folder, archive or file of a data set (IDX, NumPy or CSV); MNIST when left out.",
        section=Section.DATA, shared_with_branch=True, on_map=False, short=data_words, lesson_option=True,
    )  # fmt: skip
    orientation: Orientation = run_setting(
        Orientation.BY_NAME, "Orientation", "Whether rows and columns of the images are exchanged, as EMNIST has them.",
        section=Section.DATA, shared_with_branch=True, on_map=False, short=orientation_words, lesson_option=True,
    )  # fmt: skip

    def __post_init__(self) -> None:
        check_params(self)
        if self.averages and self.batch_size < 2:  # the spread of one image is 0
            raise InputError(
                "--batch-size must be at least 2 with batch norm, which compares images; layer norm takes one."
            )
        if self.norm.over_units and 1 in self.hidden:  # the spread of one unit is 0
            raise InputError(
                "--norm compares the units of a layer as layer norm; a layer of 1 unit has none to compare."
            )

    @property
    def source(self) -> tuple[str, Orientation]:
        """Where its data set lies and how that is read, as `load_dataset` takes it."""
        return self.data, self.orientation

    @property
    def takes_std(self) -> bool:
        """Whether `init_std` matters."""
        return self.init.takes_std

    @property
    def layer_names(self) -> list[str]:
        """What the layers with weights are called everywhere: the hidden ones from the input side, then the output."""
        return [*map(layer_name, range(1, len(self.hidden) + 1)), OUTPUT]

    @property
    def normalises(self) -> bool:
        """Whether hidden layers are normalised."""
        return self.norm.normalises

    @property
    def averages(self) -> bool:
        """Whether running averages over batches are kept."""
        return self.norm.over_batch

    @property
    def words(self) -> SettingWords:
        """Every setting that matters in this run in short words; made at first use in a language."""
        return words_of(self)

    def settings(self) -> list[RunSetting]:
        """Every setting of this run in order, the optimiser's own after the optimiser."""
        found: list[RunSetting] = []
        for setting in run_settings(self):
            found.append(setting)
            if setting.name == "optimizer":
                found += run_settings(self.optimizer)
        return found

    def value(self, name: str) -> SettingValue:
        """The value of the setting called `name`."""
        own = name in type(self.optimizer).__dataclass_fields__
        found: SettingValue = getattr(self.optimizer if own else self, name)
        return found

    def number(self, name: str) -> float:
        """The value of a setting that is a number; raises TypeError for another's."""
        if not isinstance(found := self.value(name), int | float):
            raise TypeError(f"The setting {name} is no number.")
        return found

    def to_json(self) -> dict[str, Any]:
        """All settings by name, in types that JSON knows."""
        return {setting.name: plain(self.value(setting.name)) for setting in self.settings()}

    @classmethod
    def from_json(cls, values: Any) -> Self:
        """The reverse of to_json; what is missing has its default; raises InputError."""
        if not isinstance(values, Mapping):
            raise InputError("A configuration must be an object of settings.")
        chosen = (values := completed(renamed(cls, values))).get("optimizer", SGD.key)
        if isinstance(chosen, Optimizer):
            return cls.from_json({**dataclasses.asdict(chosen), **values, "optimizer": chosen.key})
        kind = Optimizer.named(str(chosen))
        own, others = cls._divided(values, kind)
        return cls(**{**others, "optimizer": kind(**own)})

    @classmethod
    def _divided(cls, values: Mapping[str, Any], kind: type[Optimizer]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Values of the optimiser's own settings, and of all others; raises InputError for unknown names."""
        names = {setting.name for setting in params(kind)}
        own = {name: values[name] for name in values if name in names}
        others = {name: value for name, value in values.items() if name not in names}
        if unknown := next((name for name in others if name not in cls.__dataclass_fields__), None):
            raise InputError("There is no setting '{name}' with the optimiser {kind}.", name=unknown, kind=kind.key)
        return own, others

    def replace(self, **changes: Any) -> Self:
        """This run with some settings changed, the optimiser's own included.

        Another optimiser starts with its own defaults, because a good learning rate for one is a bad one for another.
        """
        changes = renamed(type(self), changes)
        kind = changes.pop("optimizer", self.optimizer.key)
        if kind != self.optimizer.key:
            others = {setting.name: getattr(self, setting.name) for setting in params(self)}
            return self.from_json({**others, **changes, "optimizer": kind})
        own, others = self._divided(changes, type(self.optimizer))
        others["optimizer"] = dataclasses.replace(self.optimizer, **own) if own else self.optimizer
        return dataclasses.replace(self, **others)
