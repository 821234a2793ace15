"""What the one button of a step says."""

from gui.lessons.step_flow import Phase, StepFlow
from model.lessons.lesson import BetKind


def button_text(flow: StepFlow, *, last: bool) -> str:
    """What pressing it does now; `last` is whether no step follows."""
    match flow.phase:
        case Phase.ASKED:
            return _asked(flow)
        case Phase.READY:
            return "Train again" if flow.trouble else "Train"
        case Phase.GOING:
            return "Training …"
        case Phase.MEASURING:
            return "Measuring …"
        case Phase.TOLD:
            return "Finish" if last else "Next"


def button_tip(flow: StepFlow, *, enabled: bool) -> str:
    """Its key, or why it cannot be pressed."""
    if enabled:
        return "Enter"
    return "Make a bet first" if flow.asks else "Wait a moment"


def _asked(flow: StepFlow) -> str:
    bet = flow.step.bet
    if bet and bet.kind is BetKind.WORDS:
        return "Keep these words"
    return "Place bet" if all(map(flow.seen_before, flow.experiments)) else "Bet and train"
