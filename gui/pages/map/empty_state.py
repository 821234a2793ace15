"""Empty state of the map page, and its hints for the status line."""

from gui.widgets.empty_state import EmptyState
from model.base.language import message, tr

TITLE = message("How deep can a network be, and with which weights?")
WHY = message(
    "A map trains a short run for each pair of values of two settings and colours its cell by what came of it.\n\n"
    "With a sigmoid every further layer takes at least three quarters of the gradient. So the deeper the network, the "
    "larger its initial weights must be, up to where they saturate it: Xavier's weights are enough for one or two "
    "layers and not for five. Click a cell to train its run where you can watch it."
)
MAPS = {
    "init_std": message("Train depth × std. dev. of the weights"),
    "init": message("Train depth × initial weights"),
}
TIP = message("Choose these two settings, and train a run for each cell in the background")
# For the line at the bottom: before there is anything to draw, while it comes, and later.
CHOOSE = message("Choose two settings: each pair of their values is a short run, and becomes a cell.")
GOING = message("Each cell is filled in when its run ends. The runs go on while you look at other pages.")
READ = message("Point at a cell to read its figures; click it to train its run, which is added to the list.")


class MapEmptyState(EmptyState):
    """Explains maps; `lessons` has a button for each of the lesson's maps, by the setting that goes across."""

    def __init__(self) -> None:
        super().__init__("map-empty", tr(TITLE), tr(WHY), dict.fromkeys(map(tr, MAPS.values()), tr(TIP)))
        self.lessons = dict(zip(MAPS, self.buttons, strict=True))
