"""What is held back until the bet of a step is placed: the run, and what the line at the bottom would say of it."""

from gui.widgets.side_tabs import TAUGHT, SideTabs
from gui.window.lesson_tab import LessonTab
from gui.window.training_commands import TrainingCommands
from model.base.language import message, tr

FIRST = message("Begin with a lesson, or skip it and try by yourself.")
ASKED = message("Place your bet; then the run shows what comes of it.")
VOTED = message("A vote: what was measured is held back.")
BET_FIRST = message("Place your bet first: the lesson asks what will come of this run.")


class BetGate:
    """Looks at the step in `tab`, while that is the one of `side` that shows."""

    def __init__(self, tab: LessonTab, training: TrainingCommands) -> None:
        self.tab, self.training = tab, training
        self.side: SideTabs | None = None
        training.gate = self.objection

    @property
    def hint(self) -> str:
        """What the line at the bottom says while a bet or vote is asked for: what it says else would give that away."""
        panel = self.tab.panel if self.side and self.side.shown == TAUGHT else None
        if panel and panel.welcomes:
            return tr(FIRST)
        flow = panel.flow if panel else None
        return tr(VOTED) if flow and flow.voting else tr(ASKED) if flow and flow.asks else ""

    def objection(self) -> str:
        """What a lesson says against a run: that its bet is not placed. A guess that is there is placed by this."""
        panel = self.tab.panel
        flow = panel.flow if panel else None
        experiment = flow.step.experiment if flow else None
        if not (panel and flow and experiment and flow.asks and self.side and self.side.shown == TAUGHT):
            return ""
        if self.training.panel.config != experiment.config:
            return ""  # the user explores
        if not panel.page.has_guess:
            return tr(BET_FIRST)
        panel.page.act()
        return ""
