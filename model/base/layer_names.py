"""Names of layers and stages: keys in English, as records and files hold them, and what the screen calls them."""

import re

from model.base.language import message, tr

INPUT, OUTPUT = message("Input"), message("Output")
# What a run that diverged calls the places that are no hidden layer.
OUTPUT_PLACE, LOSS_PLACE = message("the output layer"), message("the loss")
_NUMBERED = re.compile("Layer ([0-9]+)")


def layer_name(number: int) -> str:
    """The name of a hidden layer, counted from 1 at the input side."""
    return f"Layer {number}"


def shown_layer(name: str) -> str:
    """What a layer is called on screen: `Layer 1`, `Input`, `Output`, or a place where a run diverged."""
    if found := _NUMBERED.fullmatch(name):
        return tr("Layer {number}", number=found[1])
    return tr(name) if name else ""


def shown_stage(name: str) -> str:
    """What a stage of the ledger is called on screen, by the name that its gains have: `weights`, `slope`."""
    return tr(name) if name else ""
