"""Errors that the user can correct."""

from model.base.language import message, tr
from model.base.layer_names import shown_layer


class InputError(ValueError):
    """Invalid input; the message is one sentence that names the fault and how to correct it.

    It is a template with named figures, put together when it is read, in the language of whoever reads it: an error
    may come from a process that knows no language. A figure may be another error. Without figures it is taken as it is.
    """

    def __init__(self, message: str, **figures: object) -> None:
        super().__init__(message)
        self.figures = figures

    def __str__(self) -> str:
        """The sentence."""
        return tr(self.args[0], **self.figures)


class Diverged(ArithmeticError):  # noqa: N818  an outcome of a run, not a mistake
    """Training produced a value that is not finite at `iteration`; `place` names the first layer that has one.

    At `start`, where the run or branch began, no step has been made yet that could have been too long. With
    `raw_pixels`, which nobody scaled, these may be the reason.
    """

    def __init__(self, iteration: int, place: str, start: int = 0, *, raw_pixels: bool = False) -> None:
        super().__init__(iteration, place, start)
        self.iteration, self.place, self.start, self.raw_pixels = iteration, place, start, raw_pixels

    def __str__(self) -> str:
        """What happened, and what would keep it from happening."""
        return tr(self._template(), iteration=self.iteration, place=shown_layer(self.place))

    def _template(self) -> str:
        if self.iteration == self.start and self.raw_pixels:
            return message(
                "The run diverged at iteration {iteration}: the values of {place} are no longer finite; no step has "
                "been made yet, and only pixels from 0 to 1 or smaller weights to begin with would keep them so."
            )
        if self.iteration == self.start:
            return message(
                "The run diverged at iteration {iteration}: the values of {place} are no longer finite; no step has "
                "been made yet, and only smaller weights to begin with would keep them so."
            )
        if self.raw_pixels:
            return message(
                "The run diverged at iteration {iteration}: the values of {place} are no longer finite; pixels from 0 "
                "to 1, a smaller learning rate or smaller initial weights would keep them so."
            )
        return message(
            "The run diverged at iteration {iteration}: the values of {place} are no longer finite; a smaller learning "
            "rate or smaller initial weights would keep them so."
        )
