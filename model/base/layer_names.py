"""Names of layers and stages: keys in English, as records and files hold them, and what the screen calls them."""

import re

from model.base.language import Message, message, tr

INPUT, OUTPUT = message("Input"), message("Output")
# What a run that diverged calls the places that are no hidden layer.
OUTPUT_PLACE, LOSS_PLACE = message("the output layer"), message("the loss")
_NUMBERED = re.compile("Layer ([0-9]+)")


def layer_name(number: int) -> str:
    """The name of a hidden layer, counted from 1 at the input side."""
    return f"Layer {number}"


def layer_message(name: str) -> Message:
    """What a layer is called on screen, as a figure of a message that is looked up later."""
    found = _NUMBERED.fullmatch(name)
    return Message("Layer {number}", number=found[1]) if found else Message(name)


def shown_layer(name: str) -> str:
    """What a layer is called on screen: `Layer 1`, `Input`, `Output`, or a place where a run diverged."""
    return str(layer_message(name)) if name else ""


def shown_stage(name: str) -> str:
    """What a stage of the ledger is called on screen, by the name that its gains have: `weights`, `slope`."""
    return tr(name) if name else ""
