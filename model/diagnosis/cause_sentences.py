"""What is said of each cause: one sentence, made from the figures that model.diagnosis.cause_figures finds for it.

Any figures give a sentence: a number that is not known is written as –.
"""

from model.base.language import tr, tr_count
from model.base.number_format import portion, rounded, rounded_percent, short_of_one
from model.base.sentences import sentence
from model.data.pixel_scaling import Pixels
from model.diagnosis.factor_clauses import fitting_weights, flat_units, passed, reach_words
from model.diagnosis.figures import NamedFigures, layer_words, number, whole

# Images that speak for all.
MANY_IMAGES = 50


def same_units(figures: NamedFigures) -> str:
    """Say which units are identical."""
    return tr(
        "All units of {layer} are identical: they started equal and get equal gradients.", layer=layer_words(figures)
    )


def dead_units(figures: NamedFigures) -> str:
    """Say how many units output 0."""
    share, layer = _percent(figures, "dead"), layer_words(figures)
    if whole(figures, "batch_size") >= MANY_IMAGES:
        return tr(
            "{share} of {layer}'s units output 0 for every image and pass no gradient back.", share=share, layer=layer
        )
    return tr(
        "{share} of {layer}'s units output 0 for every image of a batch and pass no gradient back.",
        share=share,
        layer=layer,
    )


def saturated_units(figures: NamedFigures) -> str:
    """Say how many units are saturated."""
    return tr(
        "{share} of {layer}'s units are saturated, where there is no slope: the weights are too large.",
        share=_percent(figures, "saturated"),
        layer=layer_words(figures),
    )


def _percent(figures: NamedFigures, name: str, digits: int = 2) -> str:
    return rounded_percent(number(figures, name), digits)


def large_weights(figures: NamedFigures) -> str:
    """Say by how much the layers multiplied the signal."""
    return tr(
        "Each layer multiplied the signal by {gain}: the loss began at {loss}.",
        gain=rounded(number(figures, "signal_gain"), 2),
        loss=rounded(number(figures, "first_loss")),
    )


def long_steps(figures: NamedFigures) -> str:
    """Say what steps that were too long did, or that each jumps."""
    rate = _rate(figures)
    if "dead" in figures:
        return tr(
            "Steps of learning rate {rate} killed {share} of {layer}'s units: they output 0 and pass nothing back.",
            rate=rate,
            share=_percent(figures, "dead"),
            layer=layer_words(figures),
        )
    if "saturated" in figures:
        return tr(
            "Steps of learning rate {rate} drove {share} of {layer}'s units to the flat ends of the activation.",
            rate=rate,
            share=_percent(figures, "saturated"),
            layer=layer_words(figures),
        )
    return tr("With learning rate {rate} each step jumps over what it aims at.", rate=rate)


def _rate(figures: NamedFigures) -> str:
    return rounded(number(figures, "learning_rate"))


def pixels_scale(figures: NamedFigures) -> str:
    """Say how much the pixels differ between images."""
    spread = rounded(number(figures, "input_std"), 2)
    if figures.get("pixels") == Pixels.RAW.key:
        return tr("The pixels differ between images by {spread}: too large for weights made for 0 to 1.", spread=spread)
    return tr("The pixels differ between images by {spread}: too small for weights made for 0 to 1.", spread=spread)


def weight_decay(figures: NamedFigures) -> str:
    """Say how much of the weights is left."""
    return tr(
        "Weight decay {decay} has brought weights down to {left} of their size.",
        decay=rounded(number(figures, "weight_decay")),
        left=_percent(figures, "weights_left"),
    )


def clipping(figures: NamedFigures) -> str:
    """Say to what the gradient is shortened."""
    norm = rounded(number(figures, "clip_norm"))
    if "update_ratio" not in figures:
        return tr(
            "The whole gradient is shortened to {norm}: a step changes layer 1's weights by hardly any of their size.",
            norm=norm,
        )
    return tr(
        "The whole gradient is shortened to {norm}: a step changes layer 1's weights by {portion}.",
        norm=norm,
        portion=_of_their_size(figures),
    )


def _of_their_size(figures: NamedFigures) -> str:
    return portion(number(figures, "update_ratio"), tr("their size"))


def high_momentum(figures: NamedFigures) -> str:
    """Say how many gradients a step is made of."""
    return tr(
        "With momentum {momentum} each step is that of {steps} gradients together: it overshoots.",
        momentum=short_of_one(number(figures, "momentum")),
        steps=rounded(number(figures, "gradients"), 2),
    )


def few_images(figures: NamedFigures) -> str:
    """Say how few images a batch has."""
    size = whole(figures, "batch_size")
    if "learning_rate" not in figures:
        return tr_count(
            "Batch norm compares only one image: their mean and spread tell almost nothing of the others.",
            "Batch norm compares only {n} images: their mean and spread tell almost nothing of the others.",
            size,
        )
    return tr_count(
        "Learning rate {rate} is a long step to take on the word of one image.",
        "Learning rate {rate} is a long step to take on the word of {n} images.",
        size,
        rate=_rate(figures),
    )


def narrow_layer(figures: NamedFigures) -> str:
    """Say which layer has how few units."""
    return tr_count(
        "Layer {number} has {n} unit: all that the images differ by has to pass through.",
        "Layer {number} has {n} units: all that the images differ by has to pass through.",
        whole(figures, "units"),
        number=whole(figures, "layer") + 1,
    )


def output_slope(figures: NamedFigures) -> str:
    """Say how much of the error the outputs' slope leaves."""
    return tr(
        "Under squared error the outputs' own slope passes {share} of the error: softmax passes all of it.",
        share=_percent(figures, "output_slope"),
    )


def many_layers(figures: NamedFigures) -> str:
    """Say through how many layers signal and gradient have to pass."""
    layers = whole(figures, "depth")
    if "residual" in figures:
        return tr(
            "Each of {layers} residual layers adds to the signal, and nothing brings it back to its size.",
            layers=layers,
        )
    return tr(
        "Through {layers} layers of {units} units what tells images apart gets lost, however well the weights fit.",
        layers=layers,
        units=whole(figures, "units"),
    )


def stale_averages(figures: NamedFigures) -> str:
    """Say how much better batches are known than the test set."""
    return tr(
        "Of its batches it knows {share}: with {kept} the running averages that tests use lag behind.",
        share=_percent(figures, "train_accuracy", 3),
        kept=short_of_one(number(figures, "bn_momentum")),
    )


def by_heart(figures: NamedFigures) -> str:
    """Say how many training images are known."""
    return tr(
        "{share} of the training images are right: it has learned them by heart, and no remedy for gradients helps.",
        share=_percent(figures, "train_accuracy", 3),
    )


def short_steps(figures: NamedFigures) -> str:
    """Say how short the steps are."""
    if "update_ratio" not in figures:
        return tr("The gradient arrives, but learning rate {rate} is small: its steps are short.", rate=_rate(figures))
    return tr(
        "The gradient arrives, but learning rate {rate} is small: a step changes the weights by {portion}.",
        rate=_rate(figures),
        portion=_of_their_size(figures),
    )


def small_factors(figures: NamedFigures) -> str:
    """Say what reaches layer 1, now or at the start, and what weights and slope pass of it."""
    return sentence(_passed_of_reach(figures), flat_units(figures), fitting_weights(figures))


def _passed_of_reach(figures: NamedFigures) -> str:
    reach, factors, several = reach_words(figures), passed(figures), whole(figures, "layers") > 1
    if figures.get("when") == "start":
        if several:
            return tr(
                "At the start layer 1 received {reach}: the weights passed {weights} of it at each layer, {others}",
                reach=reach,
                **factors,
            )
        return tr(
            "At the start layer 1 received {reach}: the weights passed {weights} of it, {others}",
            reach=reach,
            **factors,
        )
    if several:
        return tr(
            "Layer 1 receives {reach}: the weights pass {weights} of it at each layer, {others}",
            reach=reach,
            **factors,
        )
    return tr("Layer 1 receives {reach}: the weights pass {weights} of it, {others}", reach=reach, **factors)
