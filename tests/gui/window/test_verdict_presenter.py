"""The verdict at the bottom: what it says, through time, and the remedies it offers."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gui.controls.status_line import ALL, NO_BREAK, StatusLine
from gui.style.theme import DARK, LIGHT
from model.base.number_format import THIN
from model.config.config import Config
from model.config.presets import preset_named
from model.data.datasets import Dataset
from model.diagnosis.remedies import remedies
from model.diagnosis.verdict import Cause, Condition, Remedy, Verdict
from model.history.run_log import RunLog
from tests.support.window_page import OpenWindow, WindowPage
from tests.support.windows import SMALL, TIMEOUT_MS, click, visible

DEAD = Verdict(
    Condition.DEAD,
    0,
    Cause.SMALL_WEIGHTS,
    remedies=remedies(Cause.SMALL_WEIGHTS, preset_named("sigmoid-gauss").config),
    said=f"Layer 1 receives 1/4{THIN}900 of the output's gradient.",
)
LONG = (
    f"Layer 1 receives 3.6·10⁻⁷ of the output's gradient: the weights pass 95{THIN}% of it at each layer, the slope "
    f"24{THIN}%; nothing is saturated. It answers 1 to every image: 11.35{THIN}% is that class's share."
)
LEARNING = Verdict(Condition.LEARNING, 100, Cause.NONE, said="It learns.")


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    """A status line by itself."""
    made = StatusLine(LIGHT)
    qtbot.addWidget(made)
    made.resize(1600, 50)
    made.show()
    return made


def buttons(line: StatusLine) -> list[str]:
    return [button.text() for button in visible(line, QPushButton)]


def test_that_a_verdict_is_told_with_its_condition_and_remedies(line: StatusLine) -> None:
    line.hint("Press Train.")
    line.judge(DEAD)
    assert line.condition.text() == Condition.DEAD.label
    assert line.text.text() == f"Layer 1 receives 1/4{NO_BREAK}900 of the output's gradient."
    assert buttons(line) == [remedy.label for remedy in DEAD.remedies]
    assert len(buttons(line)) == 3
    assert "since iteration 0" in line.text.toolTip()
    line.judge(LEARNING)
    assert line.text.text() == "It learns."
    assert buttons(line) == []


def test_that_in_a_narrow_window_the_sentence_has_room_and_every_remedy_is_still_there(line: StatusLine) -> None:
    wanted: list[Remedy] = []
    line.remedy_wanted.connect(wanted.append)
    line.judge(DEAD)
    assert not line.more.isVisible()
    line.resize(760, 50)
    assert buttons(line) == [DEAD.remedies[0].label]
    assert line.more.isVisible()
    assert line.text.width() > 300
    for action in line.more.menu().actions():
        action.trigger()
    click(line.remedies[0])
    assert wanted == [*DEAD.remedies[1:], DEAD.remedies[0]]
    line.judge(LEARNING)
    assert not line.more.isVisible()


def test_that_a_long_sentence_beside_long_remedies_is_not_cut_and_all_are_in_a_menu(line: StatusLine) -> None:
    long = [Remedy(f"{name} weights and layers of at least 50 units", {}) for name in ("He", "Xavier", "Orthogonal")]
    line.resize(860, 50)
    line.judge(replace(DEAD, said=LONG, remedies=tuple(long)))
    assert buttons(line) == []
    assert [action.text() for action in line.more.menu().actions()] == [remedy.label for remedy in long]
    assert (line.more.isVisible(), line.more.text()) == (True, ALL)
    assert line.text.heightForWidth(line.text.width()) <= line.text.height()
    wanted: list[Remedy] = []
    line.remedy_wanted.connect(wanted.append)
    line.more.menu().actions()[0].trigger()
    assert wanted == long[:1]


def test_that_before_there_is_a_verdict_the_hint_stays(line: StatusLine) -> None:
    line.hint("Press Train.")
    for early in (None, Verdict(Condition.EARLY, 0, Cause.NONE)):
        line.judge(early)
        assert line.text.text() == "Press Train."
        assert not line.dot.isVisible()
        assert not line.condition.isVisible()


def test_that_a_note_lies_over_the_verdict_for_a_while(line: StatusLine) -> None:
    line.judge(DEAD)
    line.note("Wrote a.png.")
    assert line.text.text() == "Wrote a.png."
    assert buttons(line) == []
    line.judge(LEARNING)
    assert line.text.text() == "Wrote a.png.", "what happens below a note does not take it away"
    line.clear_note()
    assert line.text.text() == "It learns."


def test_that_the_dot_differs_by_more_than_its_colour(line: StatusLine) -> None:
    looks = set()
    for condition in Condition:
        if condition is not Condition.EARLY:
            line.judge(Verdict(condition, 0, Cause.NONE, said=condition.label))
            looks.add((line.dot.color.name(), line.dot.hollow))
    assert looks == {(LIGHT.accent, False), (LIGHT.warning, True), (LIGHT.warning, False)}
    line.apply_theme(DARK)
    assert line.dot.color.name() == DARK.warning


def test_that_a_remedy_is_told_by_its_button(line: StatusLine) -> None:
    wanted: list[Remedy] = []
    line.remedy_wanted.connect(wanted.append)
    line.judge(DEAD)
    for button in visible(line, QPushButton):
        click(button)
    assert tuple(wanted) == DEAD.remedies


def compared_with(window: WindowPage) -> list[RunLog]:
    """The runs whose curves lie behind the present one's."""
    return [overlay.run_log for overlay in window.board.overlays.all]


@pytest.fixture
def dead(open_window: OpenWindow, qtbot: QtBot, mnist: Dataset) -> WindowPage:
    """The lesson's first network after enough iterations to be sure."""
    window = open_window()
    window.take_config(preset_named("sigmoid-gauss").config.replace(iterations=600))
    window.train()
    window.wait_until_ended(qtbot)
    window.draw()
    return window


def test_that_the_dead_sigmoid_is_called_dead_and_its_remedy_cures_it_beside_it(
    dead: WindowPage, qtbot: QtBot, mnist: Dataset
) -> None:
    verdict = dead.run.log.verdict(None)
    assert verdict is not None
    assert (verdict.condition, verdict.cause) == (Condition.DEAD, Cause.SMALL_WEIGHTS)
    assert "saturated" not in verdict.sentence or "nothing is saturated" in verdict.sentence
    dashboard, before = dead.board, dead.run.log
    last = before.history.newest
    norm = next(remedy for remedy in verdict.remedies if "norm" in remedy.changes)
    expected: Config = norm.of(dead.run.config)
    click(dead.remedies[verdict.remedies.index(norm)])
    qtbot.waitUntil(lambda: dead.run.log is not before and dead.run.log.shown is not None, timeout=TIMEOUT_MS)
    assert dead.run.config == dead.settings.config == expected
    assert not dead.run.has_begun(), "it is set up, not started"
    dead.draw()
    assert compared_with(dead) == [before]
    for card in dashboard.curves:
        assert not card.others.lines[0].item.path().isEmpty()
    dead.train()
    dead.wait_until_ended(qtbot)
    dead.draw()
    newest = dead.run.history.newest
    assert newest is not None
    assert last is not None
    assert newest.test_accuracy > last.test_accuracy + 0.5
    cured = dead.run.log.verdict(None)
    assert cured is not None
    assert cured.condition is Condition.LEARNING
    assert dead.condition_text == Condition.LEARNING.label
    assert compared_with(dead) == [before], "the run on the screen is not drawn twice"


def test_that_the_verdict_of_an_earlier_moment_is_what_was_said_then(dead: WindowPage) -> None:
    dead.go_to(0)
    assert dead.condition_text == Condition.EARLY.label, "at iteration 0 nothing could be said"
    assert dead.remedies == []
    dead.go_to(None)
    assert dead.condition_text == Condition.DEAD.label
    said = dead.run.log.verdicts
    for iteration, verdict in said:
        assert dead.run.log.verdict(iteration) == verdict
        assert dead.run.log.verdict(iteration - 1) != verdict


def test_that_a_diverged_run_says_so(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window(SMALL.replace(activation="identity", learning_rate=1000, iterations=200))
    window.train()
    window.wait_until_ended(qtbot)
    window.status_line.clear_note()
    window.draw()
    assert window.condition_text == Condition.DIVERGED.label
    assert window.remedies


def test_that_nothing_is_said_of_a_run_that_has_not_begun(open_window: OpenWindow) -> None:
    window = open_window()
    window.draw()
    assert window.condition_text == ""
    assert window.status_text


def test_that_a_remedy_that_was_tried_says_what_it_gave(line: StatusLine) -> None:
    line.judge(DEAD)
    tried, *others = (remedy.label for remedy in DEAD.remedies)
    line.show_gains({tried: "92 %"})
    assert buttons(line) == [f"{tried}: 92 %", *others]
    line.show_gains({})
    assert buttons(line) == [tried, *others]


@pytest.mark.parametrize("condition", Condition)
def test_that_a_cure_is_offered_to_sick_runs_alone(line: StatusLine, condition: Condition) -> None:
    line.judge(Verdict(condition, 0, Cause.NONE, said=condition.label), live=False)
    healthy = (Condition.EARLY, Condition.LEARNING, Condition.LATE)
    assert line.cure.isVisible() == (condition not in healthy)
    if condition not in healthy:
        wanted: list[bool] = []
        line.cure_wanted.connect(lambda: wanted.append(True))
        click(line.cure)
        assert wanted


def test_that_a_long_sentence_is_written_smaller_rather_than_cut(line: StatusLine) -> None:
    long = replace(DEAD, said=" ".join(["A sentence of many words."] * 9))
    line.resize(1024, 50)
    line.judge(long)
    assert line.text.heightForWidth(line.text.width()) <= line.text.height()
    small = line.text.font().pixelSize()
    line.resize(1600, 50)
    assert line.text.font().pixelSize() > small
