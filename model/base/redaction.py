"""Takes out of a text what tells who the user is and where their files are."""

import os
import re
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from model.base.user_paths import ROOT

PATH, USER, HOST = "<path>", "<user>", "<host>"
OWN_CODE = ("model", "gui", "resources", "main.py", "run.py", "__init__.py")
SHORTEST = 3  # letters of a name or argument that is looked for: shorter ones are in every other word

# Up to the closing quotation mark; without one up to what no path goes on after. A path may have blanks in it: what
# follows a blank belongs to it where a further slash comes.
_START = r"(?:file:/{2,3})?(?:~[\w.-]*(?=[/\\])|[A-Za-z]:(?=[/\\])|(?=[/\\]))[/\\]+"
_QUOTED = re.compile(rf"""(?P<mark>['"])(?P<path>{_START}[^'"\n]*)(?P=mark)""")
_PART = r"""[^\s'"<>|,;()\[\]{}]"""
_BARE = re.compile(
    rf"""(?<![\w.<>/\\:~])(?P<path>{_START}{_PART}+(?:(?:[ ][^\s'"/\\:<>]+){{0,3}}?[ ]?{_PART}*[/\\]{_PART}+)*)"""
)


def redacted(text: str, personal: Iterable[str] = ()) -> str:
    """The text without paths, but those of the program, of Python and its packages, which begin in their folder.

    `personal` are further paths to take out. The names of user and machine, and what was given on the command line,
    go too.
    """
    for known in sorted({*personal, *_arguments(), *_homes()}, key=len, reverse=True):
        if len(known) >= SHORTEST and known not in _homes():
            text = _replaced(text, known, PATH)
    text = _QUOTED.sub(lambda found: f"{found['mark']}{_shortened(found['path'])}{found['mark']}", text)
    text = _BARE.sub(lambda found: _shortened(found["path"]), text)
    for home in _homes():
        text = _replaced(text, home, PATH)
    for names, word in ((_user_names(), USER), (_host_names(), HOST)):
        for name in names:
            text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", word, text, flags=re.IGNORECASE)
    return text


def _replaced(text: str, known: str, word: str) -> str:
    for written in {known, known.replace("\\", "\\\\"), known.replace("\\", "/")}:
        text = text.replace(written, word)
    return text


def _shortened(path: str) -> str:
    """A path of code from its package's folder on, or PATH."""
    plain = path.replace("\\\\", "/").replace("\\", "/")
    packages = plain.rpartition("/site-packages/")
    if packages[1]:
        return f"site-packages/{packages[2]}"
    for folder, word in ((ROOT, ""), (Path(sysconfig.get_path("stdlib")), "python/")):
        start = f"{folder.as_posix()}/"
        if plain.startswith(start):
            rest = plain[len(start) :]
            return f"{word}{rest}" if word or rest.split("/")[0] in OWN_CODE else PATH
    return PATH


def _arguments() -> list[str]:
    """What was typed after the program's name and may be a path."""
    return [each for each in sys.argv[1:] if not each.startswith("-") and re.search(r"[/\\.]", each)]


def _homes() -> list[str]:
    found = []
    with suppress(RuntimeError):
        found.append(str(Path.home()))
        found.append(os.path.realpath(Path.home()))
    return [home for home in dict.fromkeys(found) if len(home) >= SHORTEST]


def _user_names() -> list[str]:
    found = [Path(home).name for home in _homes()]
    with suppress(Exception):  # as many kinds as there are systems
        import getpass

        found.append(getpass.getuser())
    with suppress(Exception):
        import pwd

        entry = pwd.getpwuid(os.getuid()) if sys.platform != "win32" else None
        found += [entry.pw_name, entry.pw_gecos.partition(",")[0]] if entry else []
    return [name for name in dict.fromkeys(found) if len(name) >= SHORTEST]


def _host_names() -> list[str]:
    import platform

    name = platform.node()
    return [each for each in dict.fromkeys([name, name.partition(".")[0]]) if len(each) >= SHORTEST]
