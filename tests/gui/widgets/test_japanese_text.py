"""Running text in Japanese: lines end between phrases, no letter leans; other languages stay as they are."""

from collections.abc import Iterator

import pytest

from gui.widgets.japanese_text import JOINER, LONGEST, as_given, in_phrases, set_html, spaced_html
from gui.widgets.tooltip_lines import COLUMNS, columns, in_lines
from gui.widgets.wrapped_label import WrappedLabel
from model.base.language import ENGLISH, use


@pytest.fixture
def japanese() -> Iterator[None]:
    use("ja")
    yield
    use(ENGLISH)


def unbroken(text: str) -> list[str]:
    """What of a text stays on one line each, without the joiners."""
    return [JOINER.join(part) for part in text.split("|")]


@pytest.mark.usefixtures("japanese")
@pytest.mark.parametrize(
    "phrases",
    [
        "40ユニットと|20ユニットの", "のべ|200,000枚の|画像を|見ます", "交差エントロピー誤差の|勾配は", "ご覧ください",
        "何も|学習しません", "正解は|「|停滞|」です|。|次の", "それが|5回くり返されます",
    ],
)  # fmt: skip
def test_that_japanese_breaks_between_phrases_only(phrases: str) -> None:
    assert in_phrases(phrases.replace("|", "")) == "".join(unbroken(phrases))


@pytest.mark.usefixtures("japanese")
def test_that_what_is_too_long_for_a_line_may_break() -> None:
    long = "漢" * (LONGEST + 1)
    assert in_phrases(long) == long
    asked = "大きくすればよいのではない", "でしょうか"
    assert in_phrases("".join(asked)) == asked[0] + JOINER.join(asked[1])
    assert in_phrases("ReLU + He, 1/5,300") == "ReLU + He, 1/5,300"


@pytest.mark.usefixtures("japanese")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("「/home/花子/学習の図.png」に書き出しました。", "/home/花子/学習の図.png"),
        (r"「C:\図と 表\曲線」に書き込めません。", r"C:\図と 表\曲線"),
        ("フォルダー「学習データ.zip」を開けません。", "学習データ.zip"),
        ("~/図表 にあります。", "~/図表"),
    ],
)
def test_that_names_of_files_stay_as_the_disk_has_them(text: str, name: str) -> None:
    assert name in in_phrases(text)
    assert JOINER in in_phrases(text)
    assert as_given(in_phrases(text)) == text


@pytest.mark.usefixtures("japanese")
def test_that_tags_stay_and_emphasis_is_bold() -> None:
    assert set_html("<p><em>層</em> &lt; <a href='重み'>1</a></p>") == "<p><b>層</b> &lt; <a href='重み'>1</a></p>"
    assert "line-height" in spaced_html("1 < 2")
    assert "1 &lt; 2" in spaced_html("1 < 2")


def test_that_english_stays_as_it_is() -> None:
    assert in_phrases("日本語の文") == "日本語の文"
    assert set_html("<i>a</i>") == "<i>a</i>"


@pytest.mark.usefixtures("japanese")
def test_that_lines_of_tooltips_end_between_phrases() -> None:
    text = "あらゆる表示で調べ、どこに問題があるか、何でわかったかを答えて、対策を選びましょう。" * 2
    lines = in_lines(text).split("\n")
    assert "".join(lines) == text
    assert all(columns(line) <= COLUMNS for line in lines)
    assert not any(line.startswith(("題", "策", "った", "びま")) for line in lines)


@pytest.mark.usefixtures("japanese")
def test_that_a_label_of_japanese_lines_is_as_tall_as_these(qtbot: object) -> None:
    label = WrappedLabel("muted")
    label.resize(200, 10)
    label.say("症例はどれも、うまくいかない実験です。" * 3)
    assert label.height() >= 3 * 1.3 * label.fontMetrics().height()
    label.say("")
    assert label.isHidden()
