"""A run as a row of the list: what is drawn, explained and spoken of it."""

from dataclasses import dataclass
from datetime import datetime
from math import isnan

from gui.run_list.filter_and_sort import ListedRun
from gui.runs.run_entry import RunEntry
from gui.widgets.tooltip_lines import in_lines
from model.base.language import message, tr
from model.base.number_format import count, percent, significant
from model.base.sentences import listed
from model.config.every_setting import every_setting
from model.diagnosis.verdict import Condition
from model.history.run_summary import RunSummary

NO_WEIGHTS = message("no weights")
FREED = message(
    "Its weights went to make room in the library: trained again, it has them. Curves and records are all here."
)


@dataclass(eq=False)
class Row:
    """What is drawn of a run."""

    entry: RunEntry
    listed: ListedRun

    @property
    def name(self) -> str:
        """What it is called."""
        return self.listed.name

    @property
    def summary(self) -> RunSummary:
        """What there is to tell of it."""
        return self.listed.summary

    @property
    def accuracy(self) -> str:
        """The newest test accuracy: 95.7 %, – before there is one."""
        return "–" if isnan(self.summary.test_accuracy) else percent(self.summary.test_accuracy)

    @property
    def condition(self) -> Condition | None:
        """What it is, once that can be said."""
        verdict = self.summary.verdict
        return verdict.condition if verdict and verdict.condition is not Condition.EARLY else None

    @property
    def state(self) -> str:
        """Its condition in a word, with dots while it goes on; how far it is while nothing can be said."""
        told = self.condition.label if self.condition else tr("Iteration {iteration}", iteration=self._iteration)
        return f"{told} …" if self.entry.going and self.condition else told

    @property
    def _iteration(self) -> str:
        return count(self.summary.iteration)

    @property
    def explained(self) -> str:
        """Everything about it."""
        recipe, verdict = self.entry.recipe, self.summary.verdict
        labels = {each.name: each.label for each in every_setting()}
        lines = [self.name, in_lines("  ·  ".join(recipe.config.words.words))]
        if recipe.branch:
            lines.append(
                tr("Branches off another run at iteration {iteration}.", iteration=count(recipe.branch.iteration))
            )
        lines += [
            tr(
                "{setting} → {value} at {iteration}",
                setting=labels[name],
                value=significant(value),
                iteration=count(at),
            )
            for at, name, value in recipe.changes[-3:]
        ]
        lines.append(
            tr("Iteration {iteration}, test accuracy {accuracy}", iteration=self._iteration, accuracy=self.accuracy)
        )
        if verdict:
            lines.append(
                in_lines(tr("{condition}: {sentence}", condition=verdict.condition.label, sentence=verdict.sentence))
            )
        if arithmetic := self.summary.arithmetic:
            lines.append(in_lines(tr("Computed with {arithmetic}", arithmetic=arithmetic)))
        if self.entry.freed:
            lines.append(in_lines(tr(FREED)))
        begun = datetime.fromtimestamp(self.entry.listing.created).astimezone()
        return "\n".join([*lines, tr("Begun {time}", time=f"{begun:%Y-%m-%d %H:%M}")])

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        accuracy = tr("test accuracy {accuracy}", accuracy=self.accuracy)
        shown = tr("curves shown") if self.entry.listing.shown else tr("curves hidden")
        return listed(self.name, accuracy, self.state, shown, *[tr(NO_WEIGHTS)] * self.entry.freed)
