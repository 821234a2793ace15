"""Line breaks within paragraphs: spaces between words, and nothing between Japanese letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.lessons.line_breaks import unwrapped
from model.lessons.markdown_html import blocks_html
from model.lessons.text_syntax import parse_text
from model.lessons.texts import Formula, Piece, Words


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("勾配が\n消える。", "勾配が消える。"),
        ("勾配が、  \n  ReLUでは消えない。", "勾配が、ReLUでは消えない。"),
        ("ReLU\nでは消えない。", "ReLUでは消えない。"),
        ("one\ntwo", "one\ntwo"),
        ("終わり。\n\n始まり。", "終わり。\n\n始まり。"),
        ("次の2つです。\n- 一つ\n- 二つ", "次の2つです。\n- 一つ\n- 二つ"),
        ("次の2つです。\n1. 一つ\n2. 二つ", "次の2つです。\n1. 一つ\n2. 二つ"),
    ],
)
def test_that_lines_are_joined_where_the_script_has_no_spaces(written: str, joined: str) -> None:
    assert unwrapped(written) == joined


@given(st.text("aあ。 \n-1.", max_size=40))
def test_that_only_spaces_and_line_breaks_can_go(text: str) -> None:
    found = unwrapped(text)
    assert "".join(found.split()) == "".join(text.split())
    assert unwrapped(found) == found
    assert text.count("\n\n") == found.count("\n\n")


def test_that_figures_and_formulas_stand_in_their_paragraph_without_spaces() -> None:
    text = parse_text("傾きは$f'(z)$\nで、正答率は\n{measured: run.accuracy}です。\n\n次の段落\nです。")

    def write(piece: Piece) -> str:
        return piece.markdown if isinstance(piece, Words) else "F" if isinstance(piece, Formula) else "9.7%"

    assert blocks_html(text, write) == "<p>傾きはFで、正答率は9.7%です。</p><p>次の段落です。</p>"
    assert text.plain.startswith("傾きはf'(z)で、正答率はです。")
