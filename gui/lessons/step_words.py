"""What the one button of a step is called, and what stands above it."""

from gui.lessons.step_flow import Phase, StepFlow
from model.lessons.lesson import BetKind

GOES_ON = "The run on the screen is not this step's: it goes on behind it, and stays in the list of runs."
OTHER_SETTINGS = "This is not what the question is about ({}). The button sets it up again."
VOTES = {
    1: "A vote: Tab goes to the counts of each option. Then V opens the second, after talking; R reveals.",
    2: "The second vote, after talking: Tab goes to the counts. R reveals both and the answer.",
}


def button_text(flow: StepFlow, *, last: bool) -> str:
    """What the button does now; `last` says that no step comes after this one."""
    own_words = flow.step.bet is not None and flow.step.bet.kind is BetKind.WORDS
    needs_runs = any(not flow.seen_before(each) for each in flow.experiments)
    names = {
        Phase.ASKED: "Bet and train" if needs_runs else "Keep these words" if own_words else "Place bet",
        Phase.READY: "Train again" if flow.trouble else "Train",
        Phase.GOING: "Training …",
        Phase.MEASURING: "Measuring …",
        Phase.TOLD: "Reveal" if flow.voting else "Finish" if last else "Next",
    }
    return names[flow.phase]


def button_tip(flow: StepFlow, *, enabled: bool) -> str:
    """Its key, or why it cannot be pressed."""
    if enabled:
        return "Enter"
    return "Make a bet first" if flow.asks else "Wait a moment"


def aside(flow: StepFlow) -> str:
    """That a vote is open; or what the button does to a run on the screen that the step is not about; else ''."""
    if flow.voting:
        return VOTES[flow.vote.round]
    experiment = flow.step.experiment
    if flow.phase not in (Phase.ASKED, Phase.READY) or experiment is None or flow.runs.on_screen(experiment):
        return ""
    if flow.runs.busy_elsewhere:
        return GOES_ON
    other = flow.other_settings
    return OTHER_SETTINGS.format(other) if other else ""
