"""The iterations at which a run is measured; they depend on its config alone, never on time or on the window."""

from model.config.config import Config

FULL_RATE = 100  # iterations at a run's beginning, each with a record
PER_OCTAVE = 16  # histograms


def recorded(config: Config, iteration: int, start: int = 0) -> bool:
    """Whether the test set is evaluated and the curves of a run that begins at `start` get a point."""
    return iteration % config.record_every == 0 or iteration in (start, config.iterations)


def remembered(config: Config, iteration: int, start: int = 0) -> bool:
    """Whether a record is made: at each of the first 100 iterations, and wherever the curves get a point."""
    return iteration - start <= FULL_RATE or recorded(config, iteration, start)


def pictured(config: Config, iteration: int, start: int = 0) -> bool:
    """Whether a record has histograms: the first 32 have, then 16 per doubling of iterations, and the last."""
    since = iteration - start
    spacing = max(1 << since.bit_length() >> 1, PER_OCTAVE) // PER_OCTAVE
    every = 1 if since <= FULL_RATE else config.record_every
    # The first one made in each stretch of `spacing` iterations.
    return (iteration % every == 0 and since % spacing < every) or iteration == config.iterations
