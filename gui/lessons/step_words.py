"""What the one button of a step is called, and what stands above it."""

from gui.lessons.step_flow import Phase, StepFlow
from model.base.language import message, tr
from model.lessons.lesson import BetKind

VOTES = {
    1: message("A vote: Tab goes to the counts of each option. Then V opens the second, after talking; R reveals."),
    2: message("The second vote, after talking: Tab goes to the counts. R reveals both and the answer."),
}


def button_text(flow: StepFlow, *, last: bool) -> str:
    """What the button does now; `last` says that no step comes after this one."""
    own_words = flow.step.bet is not None and flow.step.bet.kind is BetKind.WORDS
    needs_runs = any(not flow.seen_before(each) for each in flow.experiments)
    names = {
        Phase.ASKED: tr("Bet and train") if needs_runs else tr("Keep these words") if own_words else tr("Place bet"),
        Phase.READY: tr("Train again") if flow.trouble else tr("Train"),
        Phase.GOING: tr("Training …"),
        Phase.MEASURING: tr("Measuring …"),
        Phase.TOLD: tr("Reveal") if flow.voting else tr("Finish") if last else tr("Next"),
    }
    return names[flow.phase]


def button_tip(flow: StepFlow, *, enabled: bool) -> str:
    """Its key, or why it cannot be pressed."""
    if enabled:
        return tr("Enter")
    return tr("Make a bet first") if flow.asks else tr("Wait a moment")


def aside(flow: StepFlow) -> str:
    """That a vote is open; or what the button does to a run on the screen that the step is not about; else ''."""
    if flow.voting:
        return tr(VOTES[flow.vote.round])
    experiment = flow.step.experiment
    if flow.phase not in (Phase.ASKED, Phase.READY) or experiment is None or flow.runs.on_screen(experiment):
        return ""
    if flow.runs.busy_elsewhere:
        return tr("The run on the screen is not this step's: it goes on behind it, and stays in the list of runs.")
    if other := flow.other_settings:
        return tr("This is not what the question is about ({other}). The button sets it up again.", other=other)
    return ""
