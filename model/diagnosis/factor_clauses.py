"""Clauses on the gradient's way back: what arrives, what each kind of stage passes, and what does not show in that."""

from model.base.language import tr, tr_in
from model.base.layer_names import shown_stage
from model.base.number_format import portion, rounded_percent
from model.base.sentences import listed
from model.diagnosis.figures import GAIN_OF, NamedFigures, layer_words, number
from model.measurement.gains import RESIDUAL
from model.nn.activations import Activation

# Share of saturated units below which the sentence says that nothing is.
FEW_SHARE = 0.01


def reach_words(figures: NamedFigures) -> str:
    """Say how much of the gradient reaches layer 1."""
    return portion(number(figures, "reach"), tr("the output's gradient"))


def passed(figures: NamedFigures) -> dict[str, str]:
    """What is passed by `weights` and, with their names, by the `others`: the slope and each other kind of stage."""
    slope = tr("the slope {share}", share=rounded_percent(number(figures, "slope")))
    others = [_of_stage(name, figures) for name in figures if name.startswith(GAIN_OF)]
    return {"weights": rounded_percent(number(figures, "weights")), "others": listed(slope, *others)}


def _of_stage(name: str, figures: NamedFigures) -> str:
    stage, share = name.removeprefix(GAIN_OF).replace("_", " "), rounded_percent(number(figures, name))
    if stage == RESIDUAL:
        return tr("residual layers {share}", share=share)
    return tr_in("passes", "{stage} {share}", stage=shown_stage(stage), share=share)


def flat_units(figures: NamedFigures) -> str:
    """Say what is saturated, or was at the start; '' where that is not known."""
    if "layer" not in figures:
        return ""
    saturated, began = number(figures, "saturated"), figures.get("when") == "start"
    if saturated < FEW_SHARE:
        return tr("nothing was saturated") if began else tr("nothing is saturated")
    share, layer = rounded_percent(saturated), layer_words(figures)
    if began:
        return tr("{share} of {layer} was saturated", share=share, layer=layer)
    return tr("{share} of {layer} is saturated", share=share, layer=layer)


def fitting_weights(figures: NamedFigures) -> str:
    """Say why weights are blamed though the slope's factor is the smaller; '' where it is not."""
    for each in Activation:
        if each.key == figures.get("activation"):
            return tr("weights made for {activation} make up for its slope", activation=each.label)
    return ""
