"""What can go wrong for a reason the user can mend."""


class InputError(ValueError):
    """Bad input: one sentence that names what is wrong and what to do about it."""


class Diverged(ArithmeticError):  # noqa: N818  an outcome of a run, not a mistake
    """Training left the range of floating point at `iteration`; `place` is the layer where it shows first."""

    def __init__(self, iteration: int, place: str) -> None:
        self.iteration = iteration
        self.place = place
        super().__init__(
            f"The run diverged at iteration {iteration}: the values of {place} are no longer finite; "
            "a smaller learning rate or smaller initial weights would keep them so."
        )
