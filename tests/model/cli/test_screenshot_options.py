"""What `screenshot` takes: every option counts on the page that is drawn, or is refused in one sentence."""

from pathlib import Path

import pytest

from model.base.errors import InputError
from model.cli.screenshot import Screenshot, parse
from model.config.config import Config
from model.config.every_setting import every_setting
from model.config.option_parser import RUN_SETTINGS
from model.config.views import PageKind, ViewKind
from model.lessons.lesson_place import LessonPlace

ALLOWED = [setting.option for setting in every_setting() if setting.lesson_option]
BESIDE = [kind for kind in PageKind if kind is not PageKind.RUN]


def asked(tmp_path: Path, *options: str) -> Screenshot:
    """What is asked for with these options."""
    found = parse([str(tmp_path / "out.png"), *options])
    assert isinstance(found, Screenshot)
    return found


def test_that_the_runs_page_takes_every_option_of_a_run(tmp_path: Path) -> None:
    found = asked(tmp_path, "--view", "ledger", "--at", "7", "--hidden", "9,8", "--iterations", "50")
    assert found.config == Config(hidden=(9, 8), iterations=50)
    assert (found.picture.page, found.picture.view, found.picture.at) == (PageKind.RUN, ViewKind.LEDGER, 7)


@pytest.mark.parametrize("page", BESIDE)
def test_that_a_lesson_takes_iterations_seed_and_data(tmp_path: Path, page: PageKind) -> None:
    found = asked(tmp_path, "--page", page.key, "--iterations", "50", "--seed", "3", "--data", str(tmp_path))
    assert found.picture.page is page
    assert found.iterations == 50
    assert (found.config.seed, found.config.data) == (3, str(tmp_path))
    assert asked(tmp_path, "--page", page.key).iterations is None


@pytest.mark.parametrize("page", BESIDE)
@pytest.mark.parametrize("name", [setting.name for setting in RUN_SETTINGS if setting.option not in ALLOWED])
def test_that_what_a_lesson_decides_itself_is_refused(tmp_path: Path, page: PageKind, name: str) -> None:
    setting = next(each for each in RUN_SETTINGS if each.name == name)
    with pytest.raises(InputError) as refused:
        asked(tmp_path, "--page", page.key, setting.option, "1")
    told = str(refused.value)
    assert f"not {setting.option}." in told
    assert page.key in told
    assert all(option in told for option in ALLOWED)


@pytest.mark.parametrize("page", BESIDE)
def test_that_a_tab_is_refused_where_there_are_none(tmp_path: Path, page: PageKind) -> None:
    with pytest.raises(InputError, match=rf"--view is for the page run; the page {page.key} has no tabs\."):
        asked(tmp_path, "--page", page.key, "--view", "ledger")


@pytest.mark.parametrize("page", PageKind)
def test_that_going_back_is_refused_where_there_is_no_timeline(tmp_path: Path, page: PageKind) -> None:
    if page in (PageKind.RUN, PageKind.COMPARE):
        assert asked(tmp_path, "--page", page.key, "--at", "7").picture.at == 7
        return
    with pytest.raises(InputError, match="--at is for the pages run and compare"):
        asked(tmp_path, "--page", page.key, "--at", "7")


def test_that_a_step_of_a_lesson_is_asked_for_by_name_or_number(tmp_path: Path) -> None:
    assert asked(tmp_path, "--lesson", "5:3").picture.lesson == LessonPlace("5", 3)
    assert asked(tmp_path, "--lesson", "05-relu").picture.lesson == LessonPlace("05-relu", 1)


@pytest.mark.parametrize("text", ["", ":", "5:", "5:0", "5:100", "../5", "5:3:1", "5 3"])
def test_that_what_is_no_step_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="such as 1, 5:3"):
        asked(tmp_path, "--lesson", text)


@pytest.mark.parametrize("option", ["--page run", "--view ledger", "--at 3", "--hidden 5", "--learning-rate 1"])
def test_that_a_lesson_decides_what_is_looked_at(tmp_path: Path, option: str) -> None:
    with pytest.raises(InputError, match=f"it takes no {option.split(maxsplit=1)[0]}"):
        asked(tmp_path, "--lesson", "5", *option.split())
