"""What each card shows, by its picture's key; here, because menus list cards before pyqtgraph is imported."""

from collections.abc import Iterator
from dataclasses import dataclass

from model.base.language import english, shown, tr
from model.config.views import CardKind, ViewKind


@shown("title", "shows", "read", "vanishing")
@dataclass(frozen=True)
class CardText:
    """A card's title and a sentence each on what it shows, how it is read, and how a vanishing gradient looks in it."""

    title: str
    shows: str
    read: str
    vanishing: str

    def parts(self) -> Iterator[tuple[str, str]]:
        """The three sentences, each with its heading."""
        yield tr("What it shows"), self.shows
        yield tr("How to read it"), self.read
        yield tr("When the gradient vanishes"), self.vanishing


def _of(kind: CardKind | ViewKind, *sentences: str) -> dict[str, CardText]:
    with english():
        return {kind.key: CardText(kind.label, *sentences)}


ON_DASHBOARD = {
    **_of(
        CardKind.ACCURACY,
        "The share of images that the network answers rightly, of the batch it trains on and of the test set, which it "
        "never trains on.",
        "Solid is the training batch, dashed the test set, and dotted is what guessing would get.",
        "Both lines stay on the dotted one: the network guesses, because its first layers hardly learn.",
    ),
    **_of(
        CardKind.LOSS,
        "How wrong the answers to the training batch are: what training makes smaller.",
        "The line falls while the network learns, and dotted is the loss of guessing.",
        "The line lies flat on the dotted one, for hundreds of iterations or for the whole run.",
    ),
    **_of(
        CardKind.SIGNAL,
        "A column for the input and for each layer: above, how far its answers to different images differ, and below, "
        "the RMS of the gradient δ that arrives there.",
        "Both scales are logarithmic and hold for the whole run, dotted is what theory expects, and a click marks the "
        "layer in all plots.",
        "The lower bars become shorter from the output to layer 1: each layer on the way back takes a part.",
    ),
    **_of(
        ViewKind.ACTIVATIONS,
        "What each layer answers to the images of the batch: bars are now, the outline is the start.",
        "All layers share the axis, and below each stand the mean, the spread and the share of answers where the "
        "activation is nearly flat.",
        "All bars are at one value, or in heaps at the ends of the axis: such a layer tells images apart no more, or "
        "lets no gradient through.",
    ),
    **_of(
        ViewKind.GRADIENTS,
        "How large the gradient is in each layer, sorted by size: δ, or the gradient of the weights.",
        "A decade to the left is ten times smaller, all layers share the axis, and the outline is the start.",
        "The bars lie further to the left from the output to layer 1: the distance is what the way back has cost.",
    ),
    **_of(
        ViewKind.SLOPE,
        "The slope f′ of the activation, by which the gradient is multiplied on its way back, and where each layer's z "
        "lie below it.",
        "Bars below a high part of the thick curve pass the gradient on, and bars below its flat ends do not.",
        "The dashed mean slope is far below 1 in every layer, as with the sigmoid, which never passes more than a "
        "quarter.",
    ),
    **_of(
        ViewKind.WEIGHTS,
        "How each layer's weights are spread, now and at the start, and those of the first layer as pictures.",
        "ΔW/W is how far an update moves the weights: about a thousandth of them is usual.",
        "The bars stay on the outline and the pictures stay noise: the gradient has taught this layer nothing.",
    ),
    **_of(
        ViewKind.LEDGER,
        "The gradient's way back from the output, stage by stage: each number is what a stage passes on of it.",
        "The numbers of a line multiply to that of its layer, those of all lines to what arrives at layer 1, and bars "
        "left of ×1 shrink it.",
        "The last line is a small fraction, and the longest bars to the left show which stage takes the most.",
    ),
    **_of(
        ViewKind.TIMELINE,
        "The gradient of each layer at every iteration of the run, or how gradients and activations are spread.",
        "Lines have a log axis, where equal distances are equal factors, and in images a stronger colour is more of "
        "the batch.",
        "The lines lie decades apart, layer 1 lowest, and where they rise the network begins to escape, often long "
        "before the loss moves.",
    ),
    **_of(
        ViewKind.DIGIT,
        "One image's way through the network, layer by layer, and the way of its gradient back to the pixels.",
        "Each small cell is a unit, with its activation in the first block and its δ in the second, on one log scale "
        "for all layers.",
        "The cells of δ fade from the output to layer 1, and RMS δ beside them shrinks.",
    ),
}
CARD_TEXTS = {
    **ON_DASHBOARD,
    "compare": CardText(
        "Runs side by side",
        "The runs that are shown in the list, a column each: accuracy, and the activations and the gradient of every "
        "layer.",
        "All columns share their axes and their timeline, so that what looks different is different.",
        "The lowest plot falls toward layer 1, and the figure below it says how much of the output's gradient arrives.",
    ),
    "repeats-test-accuracy": CardText(
        "Test accuracy",
        "The test accuracy of one experiment or two, each trained with several seeds.",
        "The thick line is the mean of the seeds, the band is their spread, and thin lines are single seeds.",
        "All seeds stay where guessing is: then it is the settings that stop the gradient, and not bad luck.",
    ),
    "repeats-loss": CardText(
        "Loss",
        "The loss of the training batch in the same runs.",
        "The thick line is the mean of the seeds, the band is their spread, and thin lines are single seeds.",
        "The mean is flat and the band narrow: every seed is stuck at the loss of guessing.",
    ),
    "repeats-final": CardText(
        "Final test accuracy",
        "The test accuracy at the end of every run, a dot for each seed, and the figures of both experiments.",
        "A line joins the two runs of one seed, and a difference counts where its 95\u202f% interval leaves out zero.",
        "One experiment's dots are all at guessing: every line to the other has the same direction.",
    ),
    "map": CardText(
        "Map",
        "A short run for each pair of values of two settings: the colour is its test accuracy, or its gradient at "
        "layer 1.",
        "Point at a cell for its figures, click it to train its run, and × marks a run that diverged.",
        "Cells are dark where little of the gradient arrives at layer 1: the deeper the network, the fewer weights "
        "leave enough of it.",
    ),
}
