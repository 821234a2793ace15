"""Stories of runs, told in records made by hand, and what the diagnosis says of them."""

from collections.abc import Callable, Iterable, Sequence

from model.config.config import Config
from model.diagnosis.diagnosis import Diagnosis
from model.diagnosis.verdict import Condition, Verdict
from model.measurement.gains import Gain
from model.measurement.records import LayerRecord, Record
from model.nn.activations import Activation
from model.nn.initializers import Initializer
from tests.support.records import layer_of, record_of
from tests.support.reference_formulas import contents

TEN = [0.098, 0.1135, 0.1032, 0.101, 0.0982, 0.0892, 0.0958, 0.1028, 0.0974, 0.1009]
SIGMOID = Config(activation=Activation.SIGMOID, init=Initializer.GAUSS)
RELU = Config(activation=Activation.RELU)
SMALL = (Gain("weights", 0.045), Gain("slope", 0.25))
WHOLE = (Gain("weights", 1.4), Gain("slope", 0.7))
Story = Callable[[int], Record]


def layers(gain: tuple[Gain, ...] = SMALL, **figures: object) -> tuple[LayerRecord, ...]:
    reach = 1.0
    found: list[LayerRecord] = []
    for number in (2, 1):
        for factor in gain:
            reach *= factor.factor
        found.insert(0, layer_of(f"Layer {number}", **{"gain": gain, "delta_rms": 1e-3 * reach, **figures}))
    return tuple(found)


def guessing(
    iteration: int, signal: float = 1e-5, *, of: Sequence[LayerRecord] = layers(), **figures: object
) -> Record:
    """A record of a network that answers 1 to every image."""
    output = layer_of("Output", signal_std=signal, activation_rms=0.1, delta_rms=1e-3)
    usual = {"answer": 1, "answer_share": 1.0, "output": output, **figures}
    return record_of(iteration, 2.301, 0.11, 0.1135, tuple(of), **usual)


def learning(iteration: int, accuracy: float = 0.8) -> Record:
    return record_of(iteration, 2.3 * (1 - accuracy), accuracy, accuracy, layers(WHOLE), answer_share=0.15)


def told(story: Story, config: Config = SIGMOID, every: int = 10, until: int = 2000) -> list[Verdict]:
    """The verdict after each record of a story."""
    diagnosis = Diagnosis(config, TEN)
    return [diagnosis.read(story(iteration)) for iteration in range(0, until + 1, every)]


def changes(verdicts: Iterable[Verdict]) -> list[Condition]:
    """The conditions in order, each once for as long as it lasted."""
    found: list[Condition] = []
    for verdict in verdicts:
        if not found or found[-1] is not verdict.condition:
            found.append(verdict.condition)
    return found


def growing(iteration: int) -> Record:
    """Doubles every 50 iterations until it has grown enough at 700, then learns."""
    return guessing(iteration, 1e-5 * 2 ** (iteration / 50)) if iteration < 700 else learning(iteration)


def measured(records: list[Record], since: int = 0) -> list[list[object]]:
    """What was measured from an iteration on, but for the histograms, whose axes remember what they have shown."""
    return [contents(record.bare()) for record in records if record.iteration >= since]
