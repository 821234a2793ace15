"""A lesson as one HTML page for paper: its texts, its questions, the figures of its runs, the answers at the end."""

from collections.abc import Callable, Iterator
from html import escape
from threading import Event

from model.base.errors import InputError
from model.base.language import speaking, tr
from model.base.layer_names import OUTPUT, layer_name, shown_layer
from model.base.sentences import in_parts
from model.config.run_names import names_of
from model.data.datasets import load_dataset
from model.diagnosis.branch_diagnosis import diagnosis_of
from model.history.run_log import RunLog
from model.lessons.drawn_figures import curves_svg, layers_svg
from model.lessons.finished_run import FinishedRun
from model.lessons.formulas import EM, formula_path, formula_size
from model.lessons.judgement import decide, judged_layer, measured_order, measured_values
from model.lessons.lesson import Bet, BetKind, Lesson, Step
from model.lessons.lesson_folder import file_text
from model.lessons.markdown_html import blocks_html
from model.lessons.measures import Runs
from model.lessons.texts import Formula, LessonLink, LessonText, Piece, PlaceLink, StatedFigure, Words
from model.workers.pool import WorkerPool

PULSE_SECONDS = 0.1
FORMULA_SCALE = 1.0 / EM
STYLE = """\
body{font:11pt/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.7em;margin-bottom:.2em}h2{font-size:1.2em;margin:2em 0 .4em}
section{break-inside:avoid}.about{color:#555}.question{font-weight:600;margin:1.2em 0 .3em}
.figure svg{width:100%;height:auto}.display{display:block;margin:.8em 0;text-align:center}
ol.options{list-style:upper-alpha;padding-left:1.8em}.place{border-bottom:1px dotted #777}.answers{break-before:page}
.measured{font-weight:600}footer{margin-top:3em;color:#777;font-size:.85em}
.rule{border-bottom:1px solid #999;height:1.6em}
"""


def train_experiments(lesson: Lesson, pool: WorkerPool, pulse: Callable[[int], bool]) -> Runs | None:
    """Train all experiments of a lesson; None if `pulse`, called with the number of runs done, returned True.

    Re-raises what ended a run, such as an InputError.
    """
    dataset = load_dataset()
    errors: list[Exception] = []
    ended: list[Event] = []
    found: dict[str, list[FinishedRun]] = {}
    for experiment in lesson.experiments.values():
        for recipe in experiment.recipes():
            run_log, over = RunLog(diagnosis_of(recipe, dataset)), Event()
            found.setdefault(experiment.key, []).append(FinishedRun(recipe, run_log, dataset))
            ended.append(over)

            def done(error: Exception | None, over: Event = over) -> None:
                errors.extend([error] if error else [])
                over.set()

            pool.train(recipe, run_log, done)
    while not all(over.is_set() for over in ended):
        if pulse(sum(over.is_set() for over in ended)):
            return None
        next(over for over in ended if not over.is_set()).wait(PULSE_SECONDS)
    if errors:
        raise errors[0]
    return found


def _told(value: str, letter: str, layer: int | None = None) -> str:
    """What was measured, of a layer if one is named, and the letter of the answer that it makes right, '' for none."""
    if layer is None:
        if letter:
            return tr("Measured: {value}, answer {letter}.", value=value, letter=letter)
        return tr("Measured: {value}.", value=value)
    place = shown_layer(layer_name(layer) if layer else OUTPUT)
    if letter:
        return tr("Measured at {layer}: {value}, answer {letter}.", layer=place, value=value, letter=letter)
    return tr("Measured at {layer}: {value}.", layer=place, value=value)


class Handout:
    """Writes a lesson as HTML, by its finished runs."""

    def __init__(self, lesson: Lesson, runs: Runs) -> None:
        self.lesson, self.runs = lesson, runs
        self.names: dict[str, str] = {}

    def html(self) -> str:
        """The whole page, in the language of the lesson; nothing in it is loaded from elsewhere."""
        with speaking(self.lesson.language):
            recipes = [found[0].recipe for found in self.runs.values()]
            self.names = dict(zip(self.runs, names_of(recipes), strict=True))
            return self._page(self.lesson)

    def _page(self, lesson: Lesson) -> str:
        title = escape(lesson.title)
        steps = "\n".join(self._step(number, step) for number, step in enumerate(lesson.steps, 1))
        asked = [step.bet for step in lesson.steps if step.bet]
        answers = "\n".join(self._answer(bet) for bet in asked)
        return (
            f'<!DOCTYPE html>\n<html lang="{escape(lesson.language)}">\n<head><meta charset="utf-8">'
            f"<title>{title}</title>\n<style>\n{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
            f'<div class="about">{self._text(lesson.about)}</div>\n{steps}\n'
            f'<div class="answers"><h2>{escape(tr("Answers"))}</h2>\n{answers}</div>\n'
            f"<footer>{escape(tr('Measured and written by Layerscope.'))}</footer>\n</body>\n</html>\n"
        )

    def _step(self, number: int, step: Step) -> str:
        parts = [f"<h2>{number}. {escape(step.title)}</h2>", self._text(step.text)]
        if step.bet:
            parts.append(self._question(step.bet))
        parts += [f'<div class="figure">{picture}</div>' for picture in self._pictures(step)]
        return f"<section>\n{''.join(parts)}\n</section>"

    def _pictures(self, step: Step) -> Iterator[str]:
        """The curves of a step's run, and its layers where they are what it is about. Where they give the bet away,
        they stand with the answers."""
        if step.experiment and not step.bet:
            yield from self._drawn((step.experiment.key,), of_layers=False)

    def _drawn(self, keys: tuple[str, ...], *, of_layers: bool) -> Iterator[str]:
        """Curves of some experiments, and the layers of those that have none."""
        named = {self.names[key]: runs[0] for key, runs in self.runs.items() if key in keys}
        long = {name: run for name, run in named.items() if run.recipe.config.iterations > 1}
        if long:
            yield curves_svg(long)
        yield from (layers_svg(name, run) for name, run in named.items() if of_layers or name not in long)

    def _question(self, bet: Bet) -> str:
        options = "".join(f"<li>{self._text(option.text)}</li>" for option in bet.options)
        room = f'<ol class="options">{options}</ol>' if options else '<div class="rule"></div>' * 2
        return f'<div class="question">{self._text(bet.question)}</div>{room}'

    def _answer(self, bet: Bet) -> str:
        said = [f'<div class="question">{self._text(bet.question)}</div>']
        with_layers = bet.kind is BetKind.BARS
        said += [f'<div class="figure">{svg}</div>' for svg in self._drawn(bet.runs, of_layers=with_layers)]
        said.append(f'<p class="measured">{escape(self._measured(bet))}</p>')
        options = "".join(f"<li>{self._text(option.text)}{self._text(option.why)}</li>" for option in bet.options)
        said.append(f'<ol class="options">{options}</ol>' if options else "")
        return f"<section>{''.join(said)}{self._text(bet.after)}</section>"

    def _measured(self, bet: Bet) -> str:
        try:
            found = measured_values(bet, self.runs)
        except InputError as error:
            return str(error)
        if bet.kind is BetKind.WORDS:
            return ""
        decided = None if bet.kind is BetKind.RANK else decide(bet, found)
        letter = chr(ord("A") + bet.options.index(decided)) if decided else ""
        if bet.measure:
            layer = judged_layer(bet) if bet.kind is BetKind.BARS else None
            return _told(bet.measure.unit.write(found[bet.measure]), letter, layer)
        order = measured_order(bet, found) if bet.measures else ()
        values = [
            tr(
                "{option} ({value})",
                option=option.text.plain,
                value=option.measure.unit.write(found[option.measure]),
            )
            for option in map(bet.option, order)
            if option.measure
        ]
        return _told(in_parts(values), letter) if values else tr("Right: {letter}.", letter=letter)

    def _text(self, text: LessonText) -> str:
        return blocks_html(text, self._piece)

    def _piece(self, piece: Piece) -> str:
        match piece:
            case StatedFigure(measure, said):
                return escape(said or (measure.unit.write(measure.of(self.runs)) if measure else ""))
            case PlaceLink(label):
                return f'<span class="place">{escape(label)}</span>'
            case LessonLink(label):  # on paper there is nothing to click
                return escape(label)
            case Formula():
                return self._formula(piece)
            case Words(markdown):
                return escape(markdown)

    def _formula(self, formula: Formula) -> str:
        folder = self.lesson.path.parent
        path = formula_path(folder, formula)
        if not path.exists():
            return f"<code>{escape(formula.latex)}</code>"
        svg = file_text(path, folder).strip()
        size = formula_size(svg)
        style = f"height:{size.height:.3f}em;vertical-align:{-size.depth:.3f}em"
        drawn = svg.replace("<svg ", f'<svg style="{style}" role="img" aria-label="{escape(formula.latex)}" ', 1)
        return f'<span class="display">{drawn}</span>' if formula.display else drawn
