"""A lesson as read from its two files; docs/writing-lessons.md says how they are written.

`NAME.toml` has what no language changes, `LANGUAGE/NAME.md` beside it all text. Both name the same ids:

    # 01-never-learns.toml                         <!-- en/01-never-learns.md -->
    minutes = 5                                    # Will this network learn?
                                                   One sentence on what it is about.
    [experiment.never]
    preset = "sigmoid-gauss"                       ## Where will it end? {#start}
    options = "--iterations 2000"                  At most 60 words. $f'(z)$ is a formula, and so is
                                                   $$ f'(z) \\le \\tfrac14 $$
    [bet.end]                                      See [the loss](mark:loss): {measured: never.loss}.
    kind = "curve"
    run = "never"                                  ### Pull the line to where it will end. {#end}
    measure = "accuracy"                           - Below 15 % {#guessing}
    options = [                                      It never learned: …
      { id = "guessing", to = 0.15 },              - Above 60 % {#learned}
      { id = "learned", from = 0.6 },                You may have thought …
    ]
    right = "guessing"                             What is said to all beside the measured value.

    [[step]]
    id = "start"
    run = "never"
    bet = "end"
    only = ["train", "accuracy", "loss"]
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from model.base.choices import Choice, Wording
from model.config.config import Config
from model.config.recipe import Recipe
from model.config.views import PageKind, ViewKind
from model.lessons.measures import Measure
from model.lessons.places import Place
from model.lessons.texts import LessonText
from model.lessons.units import Unit, Value


class BetKind(Choice):
    """How a bet is made."""

    CHOICE = Wording("Choice", "One of the options.")
    NUMBER = Wording("Number", "A number that is typed.")
    RANK = Wording("Rank", "The options in an order, the largest first.")
    CURVE = Wording("Curve", "The end of a curve on the accuracy plot, pulled to where it will be.")
    BARS = Wording("Bars", "The height of each layer's bar in the signal strip.")
    MARK = Wording("Mark", "A flag on the iterations.")
    WORDS = Wording("Words", "The learner's own words, kept and not judged.")


class Pick(Choice):
    """Which of the options' own measures decides."""

    SMALLEST = Wording("Smallest", "The option with the smallest value is right.")
    LARGEST = Wording("Largest", "The option with the largest value is right.")


class Gadget(Choice):
    """What a step shows in the lesson itself, beside its text."""

    SLATE = Wording("Slate", "Moves x and y of t = x + y, z = t²; shows the central difference beside the chain rule.")
    SPREAD = Wording("Spread", "Moves σ; shows the spread of one layer's z = Σ w x beside √n σ.")


@dataclass(frozen=True)
class Experiment:
    """A run that a lesson trains; with several `repeats` as many, of seeds in a row.

    `background` says that it trains beside the one on the screen. `of` is the key of the experiment that it branches
    off, '' for none.
    """

    key: str
    recipe: Recipe
    view: ViewKind | None = None
    background: bool = False
    repeats: int = 1
    of: str = ""
    line: int = 0

    @property
    def config(self) -> Config:
        """The settings of the first repeat."""
        return self.recipe.config

    def recipes(self, seed: int | None = None) -> tuple[Recipe, ...]:
        """The recipe of each repeat, the first with `seed` or, for None, with its own."""
        first = self.config.seed if seed is None else seed
        return tuple(with_seed(self.recipe, first + number) for number in range(self.repeats))


def with_seed(recipe: Recipe, seed: int) -> Recipe:
    """The same run, and the runs that it branches off, with another seed."""
    branch = recipe.branch and replace(recipe.branch, parent=with_seed(recipe.branch.parent, seed))
    return Recipe(recipe.config.replace(seed=seed), branch, recipe.changes)


@dataclass(frozen=True)
class Option:
    """An answer to a bet: `text` is what it says, `why` what the learner who chose it is told.

    It is right where the measured value lies from `low` to below `high` (equal ones: just there), or is one of
    `words`, or where its own `measure` is the one that the bet picks.
    """

    key: str
    text: LessonText
    why: LessonText
    low: float = -inf
    high: float = inf
    words: tuple[str, ...] = ()
    measure: Measure | None = None
    line: int = 0

    @property
    def bounded(self) -> bool:
        """Whether a value decides."""
        return bool(self.words) or self.low > -inf or self.high < inf

    def takes(self, value: Value, *, whole: bool = False) -> bool:
        """Whether a measured value makes it right; the bounds of a `whole` number both belong to it."""
        if isinstance(value, str):
            return value in self.words
        if not self.bounded or self.words:
            return False
        return self.low <= value and (value < self.high or (whole and value == self.high) or value == self.low)


@dataclass(frozen=True)
class Bet:
    """A question that is answered before a run, and by it.

    `measure` is what decides, None where it is the options' own or nothing is measured. `order` is the right one of a
    rank, the largest first, those in one group not told apart; `right` is the right option of all other kinds. A bar
    is drawn for each of `layers`, and that of the measure's own layer decides. A number or curve is asked for between
    `low` and `high`. The checker trains each of `seeds`.
    """

    key: str
    kind: BetKind
    question: LessonText
    options: tuple[Option, ...]
    after: LessonText
    measure: Measure | None = None
    pick: Pick | None = None
    right: str = ""
    order: tuple[tuple[str, ...], ...] = ()
    layers: tuple[int, ...] = ()
    low: float = 0.0
    high: float = inf
    seeds: tuple[int, ...] = (0,)
    line: int = 0

    @property
    def measures(self) -> tuple[Measure, ...]:
        """All measures that it needs, the bars' included."""
        own = [option.measure for option in self.options if option.measure]
        bars = [self.measure.of_layer(layer) for layer in self.layers] if self.measure else []
        return tuple(dict.fromkeys([*([self.measure] if self.measure else []), *own, *bars]))

    @property
    def runs(self) -> tuple[str, ...]:
        """Keys of the experiments that must have been run to answer it."""
        return tuple(dict.fromkeys(run for measure in self.measures for run in measure.runs))

    @property
    def unit(self) -> Unit | None:
        """The unit of what is measured, None where nothing is."""
        return self.measures[0].unit if self.measures else None

    def option(self, key: str) -> Option:
        """The option with this id; raises KeyError."""
        return {option.key: option for option in self.options}[key]


@dataclass(frozen=True)
class Step:
    """One screen of a lesson: its text, the experiment whose run it shows, and the bet that comes before that.

    `mark` lights places up; `only` leaves these alone and dims the rest, () dims nothing. `at` is the iteration that
    the timeline goes to, None leaves it.
    """

    key: str
    title: str
    text: LessonText
    experiment: Experiment | None = None
    bet: Bet | None = None
    page: PageKind = PageKind.RUN
    view: ViewKind | None = None
    mark: tuple[Place, ...] = ()
    only: tuple[Place, ...] = ()
    gadget: Gadget | None = None
    at: int | None = None
    line: int = 0


@dataclass(frozen=True)
class Lesson:
    """A whole lesson in one language; `key` is the name of its files.

    `about` is one sentence, `minutes` how long it takes, `languages` are all that it is
    written in, `path` is its TOML file.
    """

    key: str
    language: str
    languages: tuple[str, ...]
    title: str
    about: LessonText
    minutes: int
    experiments: Mapping[str, Experiment]
    bets: Mapping[str, Bet]
    steps: tuple[Step, ...]
    path: Path

    @property
    def number(self) -> str:
        """The number before its name, '' for none."""
        first = self.key.partition("-")[0]
        return first.lstrip("0") if first.isdigit() else ""

    def step(self, key: str) -> Step:
        """The step with this id; raises KeyError."""
        return {step.key: step for step in self.steps}[key]
