"""Texts of lessons: formulas, figures and places in Markdown."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.base.choices import Choice
from model.base.errors import InputError
from model.config.views import CardKind, ViewKind
from model.lessons.lesson_place import LessonPlace
from model.lessons.places import LAYER, PLACES, Place, WindowPart
from model.lessons.text_syntax import number_in, parse_text
from model.lessons.texts import Formula, LessonLink, PlaceLink, StatedFigure, Words


def test_that_a_text_is_its_pieces_in_order() -> None:
    text = parse_text("See [layer 1](mark:ledger_layer_1): $a$ and\n\n$$ b $$\n\nend {measured: x.loss}.", line=4)
    link, formula, block, figure = (text.pieces[place] for place in (1, 3, 5, 7))
    assert link == PlaceLink("layer 1", Place("ledger", 1))
    assert (formula, block) == (Formula("a", display=False), Formula("b", display=True))
    assert isinstance(figure, StatedFigure)
    assert (figure.text, figure.low, figure.high, figure.line) == ("", -inf, inf, 8)
    assert text.pieces[-1] == Words(".")


def test_that_places_and_settings_can_be_called_what_the_window_calls_them() -> None:
    place, space, label = parse_text("[](mark:ledger_layer_1) {label: learning_rate}").pieces
    assert place == PlaceLink("Ledger, Layer 1", Place("ledger", 1))
    assert (space, label) == (Words(" "), Words("Learning rate"))
    with pytest.raises(InputError, match="no setting 'speed'"):
        parse_text("{label: speed}")


@pytest.mark.parametrize(
    ("written", "value"),
    [("9.7 %", 0.097), ("1/1,340", 1 / 1340), ("8.6·10⁻⁵", 8.6e-5), ("720", 720), ("5,940", 5940), ("-1.5", -1.5)],
)
def test_that_a_figure_is_read_as_it_is_written(written: str, value: float) -> None:
    assert number_in(written) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [("9.7 % ± 2", 0.077, 0.117), ("2.30 ± 0.05", 2.25, 2.35), ("1/1,000 × 2", 1 / 2000, 1 / 500)],
)
def test_that_a_stated_figure_says_how_far_a_measured_one_may_be(written: str, low: float, high: float) -> None:
    (figure,) = parse_text(f"{{~ {written} = run.loss}}").figures
    assert figure.low == pytest.approx(low)
    assert figure.high == pytest.approx(high)
    assert figure.text == written.partition(" ±")[0].partition(" ×")[0].replace(",", "\u202f").replace(" %", "\u202f%")
    assert figure.holds((low + high) / 2)
    assert not figure.holds(high * 1.01)


def test_that_a_convention_has_no_measure() -> None:
    (figure,) = parse_text("an interval of {= 95 %}").figures
    assert (figure.text, figure.measure) == ("95\u202f%", None)


@pytest.mark.parametrize(
    ("link", "to"), [("5", LessonPlace("5")), ("5:3", LessonPlace("5", 3)), ("05-relu:3", LessonPlace("05-relu", 3))]
)
def test_that_words_lead_to_a_step_of_a_lesson(link: str, to: LessonPlace) -> None:
    assert parse_text(f"One.\n\nSee [late](lesson:{link}).", line=4).links == (LessonLink("late", to, 6),)


@pytest.mark.parametrize("link", ["lesson:", "lesson:5:0", "lesson:5:x", "lesson:../x", "https://example.org", "late"])
def test_that_a_link_that_leads_to_no_step_costs_one_sentence(link: str) -> None:
    with pytest.raises(InputError, match=r"A link leads to a place|such as 1, 5:3"):
        parse_text(f"[late]({link})")
    with pytest.raises(InputError, match="has words"):
        parse_text("[](lesson:5)")


@pytest.mark.parametrize("broken", ["{~ 9.7 % = run.loss}", "{~ 1 2 ± 1 = run.loss}", "{~ 0 × 2 = run.loss}", "{9}"])
def test_that_a_figure_that_is_none_costs_one_sentence(broken: str) -> None:
    with pytest.raises(InputError):
        parse_text(broken)


def test_that_words_are_counted_with_figures_and_without_formulas() -> None:
    assert parse_text("One, two $x = y + z$ and {measured: x.loss} of [the loss](mark:loss).").words == 7


def test_that_a_text_has_a_form_without_markdown() -> None:
    text = parse_text("**One**\n*two* $x^2$, {~ 9.7 % ± 2 = x.loss} of [the loss](mark:loss)")
    assert text.plain == "One two x^2, 9.7 % of the loss"


@given(st.text("$[](){}~=±×:markloss_1 .", max_size=80))
def test_that_any_text_is_pieces_or_costs_one_sentence(text: str) -> None:
    try:
        found = parse_text(text)
    except InputError:
        return
    assert all(piece.markdown in text for piece in found.pieces if isinstance(piece, Words))


def test_that_no_two_places_have_one_key() -> None:
    kinds: tuple[type[Choice], ...] = (CardKind, ViewKind, WindowPart)
    assert len(PLACES) == sum(len(kind) for kind in kinds)


@given(st.sampled_from(["", *PLACES]), st.integers(0, 99))
def test_that_a_place_is_read_as_it_is_written(part: str, layer: int) -> None:
    for place in (Place(part, layer), *([Place(part)] if part else [])):
        assert Place.named(str(place)) == place
        assert bool(LAYER.fullmatch(str(place))) == (place.layer is not None)
