"""What is said of each cause: one sentence, made from the figures that model.diagnosis.cause_figures finds for it.

Any figures give a sentence: a number that is not known is written as –.
"""

from model.base.number_format import portion, rounded, rounded_percent, short_of_one
from model.data.pixel_scaling import Pixels
from model.diagnosis.figures import GAIN_OF, NamedFigures, layer_words, number, whole
from model.measurement.gains import RESIDUAL
from model.nn.activations import Activation

# Images that speak for all.
MANY_IMAGES = 50
# Share of saturated units below which the sentence says that nothing is.
FEW_SHARE = 0.01


def same_units(figures: NamedFigures) -> str:
    """Say which units are identical."""
    return f"All units of {layer_words(figures)} are identical: they started equal and get equal gradients."


def dead_units(figures: NamedFigures) -> str:
    """Say how many units output 0."""
    images = "every image" if whole(figures, "batch_size") >= MANY_IMAGES else "every image of a batch"
    return f"{_share(figures, 'dead')} units output 0 for {images} and pass no gradient back."


def saturated_units(figures: NamedFigures) -> str:
    """Say how many units are saturated."""
    return f"{_share(figures, 'saturated')} units are saturated, where there is no slope: the weights are too large."


def _share(figures: NamedFigures, name: str) -> str:
    return f"{rounded_percent(number(figures, name))} of {layer_words(figures)}'s"


def large_weights(figures: NamedFigures) -> str:
    """Say by how much the layers multiplied the signal."""
    gain, loss = rounded(number(figures, "signal_gain"), 2), rounded(number(figures, "first_loss"))
    return f"Each layer multiplied the signal by {gain}: the loss began at {loss}."


def long_steps(figures: NamedFigures) -> str:
    """Say what steps that were too long did, or that each jumps."""
    rate = _rate(figures)
    if "dead" in figures:
        share = _share(figures, "dead")
        return f"Steps of learning rate {rate} killed {share} units: they output 0 and pass nothing back."
    if "saturated" in figures:
        share = _share(figures, "saturated")
        return f"Steps of learning rate {rate} drove {share} units to the flat ends of the activation."
    return f"With learning rate {rate} each step jumps over what it aims at."


def _rate(figures: NamedFigures) -> str:
    return rounded(number(figures, "learning_rate"))


def pixels_scale(figures: NamedFigures) -> str:
    """Say how much the pixels differ between images."""
    size = "large" if figures.get("pixels") == Pixels.RAW.key else "small"
    spread = rounded(number(figures, "input_std"), 2)
    return f"The pixels differ between images by {spread}: too {size} for weights made for 0 to 1."


def weight_decay(figures: NamedFigures) -> str:
    """Say how much of the weights is left."""
    decay, left = rounded(number(figures, "weight_decay")), rounded_percent(number(figures, "weights_left"))
    return f"Weight decay {decay} has brought weights down to {left} of their size."


def clipping(figures: NamedFigures) -> str:
    """Say to what the gradient is shortened."""
    norm = rounded(number(figures, "clip_norm"))
    step = (
        portion(number(figures, "update_ratio"), "their size")
        if "update_ratio" in figures
        else "hardly any of their size"
    )
    return f"The whole gradient is shortened to {norm}: a step changes layer 1's weights by {step}."


def high_momentum(figures: NamedFigures) -> str:
    """Say how many gradients a step is made of."""
    momentum, steps = short_of_one(number(figures, "momentum")), rounded(number(figures, "gradients"), 2)
    return f"With momentum {momentum} each step is that of {steps} gradients together: it overshoots."


def few_images(figures: NamedFigures) -> str:
    """Say how few images a batch has."""
    size = whole(figures, "batch_size")
    images = "one image" if size == 1 else f"{size} images"
    if "learning_rate" not in figures:
        return f"Batch norm compares only {images}: their mean and spread tell almost nothing of the others."
    return f"Learning rate {_rate(figures)} is a long step to take on the word of {images}."


def narrow_layer(figures: NamedFigures) -> str:
    """Say which layer has how few units."""
    layer, units = whole(figures, "layer") + 1, whole(figures, "units")
    of = "unit" if units == 1 else "units"
    return f"Layer {layer} has {units} {of}: all that the images differ by has to pass through."


def output_slope(figures: NamedFigures) -> str:
    """Say how much of the error the outputs' slope leaves."""
    share = rounded_percent(number(figures, "output_slope"))
    return f"Under squared error the outputs' own slope passes {share} of the error: softmax passes all of it."


def many_layers(figures: NamedFigures) -> str:
    """Say through how many layers signal and gradient have to pass."""
    layers = whole(figures, "depth")
    if "residual" in figures:
        return f"Each of {layers} residual layers adds to the signal, and nothing brings it back to its size."
    units = whole(figures, "units")
    return f"Through {layers} layers of {units} units what tells images apart gets lost, however well the weights fit."


def stale_averages(figures: NamedFigures) -> str:
    """Say how much better batches are known than the test set."""
    share = rounded_percent(number(figures, "train_accuracy"), 3)
    kept = short_of_one(number(figures, "bn_momentum"))
    return f"Of its batches it knows {share}: with {kept} the running averages that tests use lag behind."


def by_heart(figures: NamedFigures) -> str:
    """Say how many training images are known."""
    share = rounded_percent(number(figures, "train_accuracy"), 3)
    return f"{share} of the training images are right: it has learned them by heart, and no remedy for gradients helps."


def short_steps(figures: NamedFigures) -> str:
    """Say how short the steps are."""
    step = "its steps are short"
    if "update_ratio" in figures:
        step = f"a step changes the weights by {portion(number(figures, 'update_ratio'), 'their size')}"
    return f"The gradient arrives, but learning rate {_rate(figures)} is small: {step}."


def small_factors(figures: NamedFigures) -> str:
    """Say what reaches layer 1, now or at the start, and what weights and slope pass of it."""
    if figures.get("when") == "start":
        factors = factor_words(figures, "passed", "it") + _flat(figures, "was")
        return f"At the start layer 1 received {reach_words(figures)}: {factors}{but_for(figures)}."
    factors = factor_words(figures, "pass", "it") + _flat(figures, "is")
    return f"Layer 1 receives {reach_words(figures)}: {factors}{but_for(figures)}."


def _flat(figures: NamedFigures, verb: str) -> str:
    if "layer" not in figures:
        return ""
    if number(figures, "saturated") < FEW_SHARE:
        return f"; nothing {verb} saturated"
    return f"; {rounded_percent(number(figures, 'saturated'))} of {layer_words(figures)} {verb} saturated"


def but_for(figures: NamedFigures) -> str:
    """Say why weights are blamed though the slope's factor is the smaller; '' where it is not."""
    labels = [each.label for each in Activation if each.key == figures.get("activation")]
    return "".join(f"; weights made for {label} make up for its slope" for label in labels)


def reach_words(figures: NamedFigures) -> str:
    """Say how much of the gradient reaches layer 1."""
    return portion(number(figures, "reach"), "the output's gradient")


def factor_words(figures: NamedFigures, verb: str, what: str) -> str:
    """Say what weights, slope and each other kind of stage "pass" of "it"."""
    where = " at each layer" if whole(figures, "layers") > 1 else ""
    weights, slope = (rounded_percent(number(figures, name)) for name in ("weights", "slope"))
    others = "".join(
        f", {_kind(name)} {rounded_percent(number(figures, name))}" for name in figures if name.startswith(GAIN_OF)
    )
    return f"the weights {verb} {weights} of {what}{where}, the slope {slope}{others}"


def _kind(name: str) -> str:
    stage = name.removeprefix(GAIN_OF).replace("_", " ")
    return "residual layers" if stage == RESIDUAL else stage
