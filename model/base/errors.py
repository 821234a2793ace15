"""Errors that the user can correct."""


class InputError(ValueError):
    """Invalid input; the message is one sentence that names the fault and how to correct it."""


class Diverged(ArithmeticError):  # noqa: N818  an outcome of a run, not a mistake
    """Training produced a value that is not finite at `iteration`; `place` names the first layer that has one.

    At `start`, where the run or branch began, no step has been made yet that could have been too long. With
    `raw_pixels`, which nobody scaled, these may be the reason.
    """

    def __init__(self, iteration: int, place: str, start: int = 0, *, raw_pixels: bool = False) -> None:
        self.iteration = iteration
        self.place = place
        advice = "pixels from 0 to 1, " if raw_pixels else ""
        advice += "a smaller learning rate or smaller initial weights"
        if iteration == start:
            pixels = "pixels from 0 to 1 or " if raw_pixels else ""
            advice = f"no step has been made yet, and only {pixels}smaller weights to begin with"
        super().__init__(
            f"The run diverged at iteration {iteration}: the values of {place} are no longer finite; "
            f"{advice} would keep them so."
        )
