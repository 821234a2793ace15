"""What happens in one step of a lesson: a bet, then runs, then what was measured."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot

from gui.lessons.class_vote import ClassVote
from gui.lessons.experiment_runs import ExperimentRuns, FoundRuns, RunFate, trains_on_screen
from gui.lessons.measurer import FoundValues, Measurer
from gui.lessons.progress_file import ProgressFile
from model.base.errors import InputError
from model.base.language import tr
from model.base.sentences import listed
from model.lessons.difference import differences
from model.lessons.judgement import Guess, Judgement, check_guess, judge
from model.lessons.lesson import Experiment, Lesson, Step
from model.lessons.measures import Measure
from model.lessons.texts import LessonText, StatedFigure

NOTHING: FoundValues = {}
MOST_NAMED = 3  # settings


class Phase(Enum):
    """Where a step is."""

    ASKED = auto()  # its bet is not placed yet
    READY = auto()  # a run is missing
    GOING = auto()
    MEASURING = auto()
    TOLD = auto()


class StepFlow(QObject):
    """One step. `changed` says that `phase`, or what is told in it, is another.

    `judgement` is what came of its bet, None before that and where `trouble` says why there is none; `trouble` also
    says why a run that is there does not answer. While the class is `voting`, neither is shown.
    """

    changed = Signal()

    def __init__(
        self, lesson: Lesson, step: Step, runs: ExperimentRuns, measurer: Measurer, file: ProgressFile, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.lesson, self.step, self.runs, self.measurer, self.file = lesson, step, runs, measurer, file
        self.phase, self.trouble = Phase.READY, ""
        self.judgement: Judgement | None = None
        self.values = NOTHING
        self._asked: tuple[object, int] = (None, 0)  # which runs were measured last, and the number of that
        self._shown = False
        self.vote = ClassVote(lesson, step.bet, file, self)
        self.vote.changed.connect(self.changed)
        self._seen = (self.phase, "", "")
        measurer.measured.connect(self._measured)
        self.prepare()
        self.update()

    @property
    def guess(self) -> Guess | None:
        """The bet as it was placed; None where it is not, or there is none."""
        bet = self.step.bet
        placed = self.file.of(self.lesson).bets.get(bet.key) if bet else None
        if not bet or not placed:
            return None
        try:
            check_guess(bet, placed.guess)
        except InputError:  # the lesson has changed since
            return None
        return placed.guess

    @property
    def asks(self) -> bool:
        """Whether its bet is not placed yet."""
        return self.phase is Phase.ASKED

    @property
    def told(self) -> bool:
        """Whether all is there that the step shows."""
        return self.phase is Phase.TOLD

    @property
    def voting(self) -> bool:
        """Whether a vote is open, which holds the answer back whatever has been bet and run."""
        return self.vote.round > 0

    @property
    def answer(self) -> Judgement | None:
        """The judgement where it may be shown."""
        return self.judgement if self.told and not self.voting else None

    @property
    def covers(self) -> bool:
        """Whether the plots have to be hidden: a run that the open vote is about draws its answer there."""
        return self.voting and not self.asks and any(not self.seen_before(each) for each in self.experiments)

    @property
    def experiments(self) -> list[Experiment]:
        """Those whose runs the step needs, that on the screen first."""
        keys = [self.step.experiment.key] if self.step.experiment else []
        keys += [key for key in (self.step.bet.runs if self.step.bet else ()) if key not in keys]
        return [self.lesson.experiments[key] for key in keys]

    def seen_before(self, experiment: Experiment) -> bool:
        """Whether an earlier step has shown the run of this experiment."""
        for step in self.lesson.steps[: self.lesson.steps.index(self.step)]:
            if step.experiment is experiment or (step.bet and experiment.key in step.bet.runs):
                return True
        return False

    def prepare(self) -> None:
        """Set up what the step is about, unless the user's own run goes on on the screen."""
        experiment = self.step.experiment
        if experiment is None or (self.runs.busy_elsewhere and not self.runs.on_screen(experiment)):
            return
        seen = self.guess is not None or self.seen_before(experiment) or self.step.bet is None
        if not seen or self.runs.find(experiment).fate is RunFate.MISSING:
            self.runs.prepare(experiment)

    def place(self, guess: Guess) -> None:
        """Place the bet, and begin the runs that are wanted for it. Raises InputError for a guess that is none."""
        bet = self.step.bet
        assert bet
        check_guess(bet, guess)
        for experiment in self.experiments:
            if not self.seen_before(experiment):
                self.runs.forget_earlier(experiment)
        self.file.keep(self.lesson, self.file.of(self.lesson).with_bet(bet.key, guess))
        self.update()
        if self.phase is Phase.READY:
            self.begin()

    def begin(self) -> None:
        """Train what is missing, and what was stopped or changed."""
        for number, experiment in enumerate(self.experiments):
            if self.runs.find(experiment).fate not in (RunFate.DONE, RunFate.GOING):
                self.runs.begin(experiment, on_screen=number == 0)
        self.update()

    @Slot()
    def update(self) -> None:
        """Look what has become of the runs."""
        before = self._seen
        self._look()
        self._seen = (self.phase, self.trouble, self.other_settings)
        if before != self._seen:
            self.changed.emit()

    def _look(self) -> None:
        self.trouble = ""
        if self.step.bet and self.guess is None:
            self.phase = Phase.ASKED
            self._measure({})
            return
        found = {experiment.key: self.runs.find(experiment) for experiment in self.experiments}
        fates = [each.fate for each in found.values()]
        if RunFate.GOING in fates:
            self.phase = Phase.GOING
        elif any(fate is not RunFate.DONE for fate in fates):
            self.phase = Phase.READY
            self.trouble = next((each.why for each in found.values() if each.why), "")
        else:
            self.phase = Phase.MEASURING
            self._show_first(found)
            self._measure(found)

    def _show_first(self, found: dict[str, FoundRuns]) -> None:
        """Have the step's run on the screen, once."""
        experiment = self.step.experiment
        entry = found[experiment.key].entry if experiment else None
        if entry and not self._shown and not self.runs.busy_elsewhere:
            self._shown = True
            self.runs.show(entry)

    def _measure(self, found: dict[str, FoundRuns]) -> None:
        """Have measured what is told now, unless it has been; of earlier steps' runs too, where those are there."""
        asked = self.phase is Phase.ASKED
        for key, experiment in self.lesson.experiments.items():
            other = found.get(key) or (self.runs.find(experiment) if self.seen_before(experiment) else None)
            if other and other.fate is RunFate.DONE:
                found = {**found, key: other}
        runs = {key: each.runs for key, each in found.items()}
        measures = [each for each in self._measures(asked=asked) if set(each.runs) <= runs.keys()]
        # With the logs themselves, which are other objects where a run was trained again.
        wanted = (asked, *((key, *(log for _, log in each)) for key, each in runs.items()))
        if self._asked[0] != wanted:
            self.values, self.judgement = NOTHING, None
            self._asked = (wanted, self.measurer.want(runs, measures))
        if not asked:
            self.phase = Phase.TOLD if self.values or not measures else Phase.MEASURING
            self._judge()

    def _measures(self, *, asked: bool) -> list[Measure]:
        """What the texts say as it was measured, and the bet is decided by; before it is placed only the former."""
        bet = self.step.bet
        texts: list[LessonText] = [self.step.text, *([bet.question] if bet else [])]
        if bet and not asked:
            texts += [bet.after, *(text for each in bet.options for text in (each.text, each.why))]
        figures = [figure.measure for text in texts for figure in text.figures if figure.measure and not figure.text]
        return list(dict.fromkeys([*figures, *(bet.measures if bet and not asked else ())]))

    @Slot(int, object)
    def _measured(self, number: int, values: FoundValues) -> None:
        if number != self._asked[1]:
            return
        self.values = values
        if self.phase is Phase.MEASURING:
            self.phase = Phase.TOLD
            self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        bet, guess = self.step.bet, self.guess
        if self.phase is not Phase.TOLD or not bet or guess is None or self.judgement:
            return
        errors = [value for key, value in self.values.items() if key in bet.measures and isinstance(value, InputError)]
        if errors:
            self.trouble = str(errors[0])
            return
        found = {key: value for key, value in self.values.items() if not isinstance(value, InputError)}
        try:
            self.judgement = judge(bet, guess, found)
        except (InputError, KeyError) as error:
            self.trouble = str(error)
            return
        progress = self.file.of(self.lesson)
        self.file.keep(self.lesson, progress.with_bet(bet.key, guess, self.judgement.right))

    def write(self, figure: StatedFigure) -> str:
        """What a figure in a text is written as: as the author has it, or as it was measured."""
        if figure.text or figure.measure is None:
            return figure.text
        runs = (self.lesson.experiments[key] for key in figure.measure.runs)
        known = not self.voting or all(self.seen_before(each) for each in runs)
        value = self.values.get(figure.measure) if known else None
        return "…" if value is None or isinstance(value, InputError) else figure.measure.unit.write(value)

    @property
    def other_settings(self) -> str:
        """What differs in the panel from what the button sets up, where it has something to set up; else ''."""
        experiment = self.step.experiment
        if not self.asks or experiment is None or self.runs.on_screen(experiment):
            return ""
        if not trains_on_screen(experiment) or self.seen_before(experiment):
            return ""
        others = differences(experiment, self.runs.viewed.recipe)
        return listed(*others) if len(others) <= MOST_NAMED else tr("other settings")
