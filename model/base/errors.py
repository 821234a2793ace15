"""Errors that the user can correct."""


class InputError(ValueError):
    """Invalid input; the message is one sentence that names the fault and how to correct it."""


class Diverged(ArithmeticError):  # noqa: N818  an outcome of a run, not a mistake
    """Training produced a value that is not finite at `iteration`; `place` names the first layer that has one."""

    def __init__(self, iteration: int, place: str) -> None:
        self.iteration = iteration
        self.place = place
        super().__init__(
            f"The run diverged at iteration {iteration}: the values of {place} are no longer finite; "
            "a smaller learning rate or smaller initial weights would keep them so."
        )
