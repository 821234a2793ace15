"""Which gadget is which."""

from gui.lessons.gadgets.gadget_frame import GadgetFrame
from gui.lessons.gadgets.slate_gadget import SlateGadget
from gui.lessons.gadgets.spread import SpreadGadget
from gui.style.theme import Theme
from model.lessons.lesson import Gadget

GADGETS: dict[Gadget, type[GadgetFrame]] = {Gadget.SLATE: SlateGadget, Gadget.SPREAD: SpreadGadget}


def make_gadget(kind: Gadget, theme: Theme) -> GadgetFrame:
    """The gadget of a kind."""
    return GADGETS[kind](theme)
