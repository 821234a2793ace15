"""The window's pages, views and colour schemes, which the command line names too."""

from dataclasses import dataclass
from typing import NamedTuple

from model.base.choices import Choice, Wording


class Size(NamedTuple):
    """Width and height in pixels, written 1600x1000."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


SMALLEST = Size(640, 480)
LARGEST = Size(7680, 4320)


class Scheme(Choice):
    """The colour schemes."""

    LIGHT = Wording("Light", "Dark text on a light ground, for paper and slides.")
    DARK = Wording("Dark", "Light text on a dark ground.")


class CardKind(Choice):
    """The cards that show whatever view is open."""

    ACCURACY = Wording("Accuracy", "The share of images that are answered rightly, against iterations.")
    LOSS = Wording("Loss", "How far the outputs are from the labels, against iterations.")
    SIGNAL = Wording("Signal and gradient", "What reaches each layer of the images, and what of the gradient.")


class ViewKind(Choice):
    """The views of all layers, in the order of their tabs."""

    ACTIVATIONS = Wording("Activations", "What each layer answers, now and at the start.")
    GRADIENTS = Wording("Gradients", "How large the gradient is in each layer, now and at the start.")
    SLOPE = Wording("On the slope", "Where each layer's z lies on the activation's curve and its slope.")
    WEIGHTS = Wording("Weights", "Each layer's weights, and the first layer's as pictures.")
    LEDGER = Wording("Ledger", "What each stage takes from the gradient or adds to it.")
    TIMELINE = Wording("Over time", "Gradients and histograms of each layer against iterations.")
    DIGIT = Wording("One digit", "One image's way through the network, and its gradient's way back.")


@dataclass(frozen=True)
class PageLook(Wording):
    """The label and help text of a page; `in_time` if it can show an earlier iteration."""

    in_time: bool = False


class PageKind(Choice):
    """The pages of the window, in the order of their tabs."""

    RUN = PageLook("Run", "The run on the screen: its curves and all its layers.", in_time=True)
    COMPARE = PageLook("Compare", "The runs that are shown in the list, side by side on the same axes.", in_time=True)
    REPEATS = PageLook("Repeats", "One experiment or two over several seeds: what is chance and what is not.")
    MAP = PageLook("Map", "Two settings against each other, a short run for each pair.")
