"""Empty state of the repeats page, and its hints for the status line."""

from gui.widgets.empty_state import EmptyState
from model.base.language import message, tr

TITLE = message("Is it better, or was it luck?")
WHY = message(
    "A run depends on its seed: on the random numbers that its first weights and its batches are made of. In one pair "
    "of runs ReLU + He and ReLU + Xavier end 0.04 points apart, but chance alone spreads the seeds of either by 0.5: "
    "one pair cannot tell them apart.\n\nRepeats train the same settings with several seeds and draw the mean and the "
    "spread. Two settings share their seeds, so that each pair differs in the settings alone: what counts is the mean "
    "difference of the pairs, and whether its 95\u202f% interval leaves out zero."
)
TIP = message("Choose both, and train all their runs in the background")
# For the line at the bottom: before there is anything to draw, while it comes, and later.
CHOOSE = message("Choose one experiment or two, and how many seeds: each seed is a run with other random numbers.")
GOING = message("What is complete is drawn at once. The runs go on while you look at other pages.")
READ = message("Each dot is a run, and a line joins the two runs of one seed. Point at one to see its curves.")


class RepeatsEmptyState(EmptyState):
    """Explains repeats; `lesson` is the button that trains the lesson's comparison."""

    def __init__(self, lesson: str) -> None:
        super().__init__("repeats-empty", tr(TITLE), tr(WHY), {lesson: tr(TIP)})
        (self.lesson,) = self.buttons
