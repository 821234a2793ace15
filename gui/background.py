"""Who computes in the background, as a page knows it."""

from concurrent.futures import Executor
from typing import Protocol


class Background(Protocol):
    """A Crew, or anything else with an executor."""

    @property
    def executor(self) -> Executor:
        """Who runs the cells of a sweep."""
        ...
