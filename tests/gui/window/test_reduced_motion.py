"""Whether a system asks for reduced motion: GNOME, KDE, GTK and macOS, each in its own words, and none at all."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QStandardPaths
from pytestqt.qtbot import QtBot

from gui.window.reduced_motion import ASKED, ReducedMotion, kept_in


@pytest.mark.parametrize(
    ("name", "text", "reduced"),
    [
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.0\n", True),
        ("kdeglobals", "[KDE]\nAnimationDurationFactor=0.5\n", False),
        ("gtk-4.0/settings.ini", "[Settings]\ngtk-enable-animations=false\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations = 0\n", True),
        ("gtk-3.0/settings.ini", "[Settings]\ngtk-enable-animations=1\n", False),
        ("gtk-3.0/settings.ini", "[Settings]\n# gtk-enable-animations=0\n", False),
        ("other", "gtk-enable-animations=0\n", False),
    ],
)
def test_that_files_of_desktops_are_read(tmp_path: Path, name: str, text: str, reduced: bool) -> None:
    assert not kept_in(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    assert kept_in(tmp_path) is reduced


@pytest.mark.skipif(sys.platform == "win32", reason="the answering program is a shell script")
@pytest.mark.parametrize("platform", ASKED)
@pytest.mark.parametrize("reduces", [True, False])
def test_that_the_systems_program_is_asked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, reduces: bool
) -> None:
    program, arguments, wanted = ASKED[platform]
    answering = tmp_path / program
    answering.write_text(f'#!/bin/sh\n[ "$*" = "{" ".join(arguments)}" ] && echo {wanted if reduces else "other"}\n')
    answering.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda *_: str(tmp_path / "none"))
    owner = QObject()
    motion, told = ReducedMotion(owner, platform), []
    motion.found.connect(lambda: told.append(True))
    motion.ask()
    process = motion._process
    assert process is not None
    qtbot.waitUntil(lambda: process.state() == process.ProcessState.NotRunning)
    assert bool(told) is reduces
    motion.stop()


def test_that_a_system_without_any_of_these_asks_for_nothing(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QStandardPaths, "findExecutable", lambda *_: "")
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda *_: "/none")
    for platform in ("linux", "darwin", "freebsd"):
        owner = QObject()
        motion = ReducedMotion(owner, platform)
        with qtbot.assertNotEmitted(motion.found):
            motion.ask()
        motion.stop()
