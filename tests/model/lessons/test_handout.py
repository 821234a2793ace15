"""The handout: one page with nothing from elsewhere, its figures executed, no text of a lesson run as HTML."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from model.data.datasets import kept_dataset
from model.lessons.finished_run import FinishedRun
from model.lessons.handout import Handout
from model.lessons.lesson import Lesson
from model.lessons.markdown_html import blocks_html
from model.lessons.measures import Runs
from model.lessons.text_syntax import parse_text
from model.lessons.texts import Words
from model.training.replay import train_recipe
from tests.support.lessons import MARKDOWN, TOML, lesson_of

BARS = 'kind = "bars"\nrun = "short"\nmeasure = "signal(layer=1)"\nlayers = [1, 0]\n'
VOID = {"meta"}


class Balance(HTMLParser):
    """Follows the tags of a page, which must close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    (recipe,) = lesson_of(tmp_path_factory.mktemp("lesson")).experiments["short"].recipes()
    return {"short": [FinishedRun(recipe, train_recipe(recipe, kept_dataset()), kept_dataset())]}


def page(lesson: Lesson, runs: Runs) -> str:
    html = Handout(lesson, runs).html()
    parser = Balance()
    parser.feed(html)
    assert parser.open == []
    return html


def test_that_the_page_has_texts_figures_and_answers_and_loads_nothing(tmp_path: Path, runs: Runs) -> None:
    html = page(lesson_of(tmp_path), runs)
    newest = runs["short"][0].run_log.history.newest
    assert newest is not None
    assert f"It ends at {100 * newest.test_accuracy:.1f}\u202f%" in html
    assert f"Measured: {100 * newest.test_accuracy:.1f}\u202f%, answer B." in html
    assert "<polyline" in html
    assert "<code>f&#x27;(z)</code>" in html  # no picture in this folder
    assert html.index("It learns.") > html.index("Answers")
    assert not re.search(r"""(?:src|href)=|url\(|@import|<script|<link""", html)


def test_that_bars_are_answered_by_the_layers(tmp_path: Path, runs: Runs) -> None:
    toml = TOML.replace('kind = "curve"\nrun = "short"\nmeasure = "accuracy"\n', BARS)
    html = page(lesson_of(tmp_path, toml), runs)
    assert "Measured at Layer 1: " in html
    assert "<rect" in html


@pytest.mark.parametrize(
    ("kind", "right", "end"),
    [('kind = "rank"', '["high", "low"]', ")."), ('kind = "choice"\npick = "smallest"', '"low"', "), answer A.")],
)
def test_that_the_options_own_values_are_told_the_largest_first(
    tmp_path: Path, runs: Runs, kind: str, right: str, end: str
) -> None:
    toml = TOML.replace('kind = "curve"\nrun = "short"\nmeasure = "accuracy"', kind).replace(
        'right = "high"', f"right = {right}"
    )
    toml = toml.replace("to = 0.2", 'measure = "short.accuracy(at=0)"').replace(
        "from = 0.3", 'measure = "short.accuracy"'
    )
    (said,) = re.findall(r'<p class="measured">(.*?)</p>', page(lesson_of(tmp_path, toml), runs))
    assert re.fullmatch(r"Measured: High \(.*%\); Low \(.*%", said.removesuffix(end))


def test_that_html_in_a_text_is_text(tmp_path: Path, runs: Runs) -> None:
    evil = "<script>alert(1)</script> & [<b>](mark:loss) $<i>$ \ue0000\ue001"
    html = page(lesson_of(tmp_path, markdown=MARKDOWN.replace("A slope", evil).replace("# A short", "# <u> A")), runs)
    assert "&lt;script&gt;" in html
    assert not {"<script", "<b>", "<i>", "<u>"} & {tag.lower() for tag in re.findall(r"<\w+>?", html)}


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("- a\n- b\n  c", "<ul><li>a</li><li>b\n  c</li></ul>"),
        (
            "**bold** and *slanted* and `code`",
            "<p><strong>bold</strong> and <em>slanted</em> and <code>code</code></p>",
        ),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
    ],
)
def test_that_the_little_markdown_becomes_html(markdown: str, html: str) -> None:
    assert blocks_html(parse_text(markdown), lambda piece: piece.markdown if isinstance(piece, Words) else "") == html
