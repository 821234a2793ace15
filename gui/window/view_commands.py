"""What the menu View does, and the part of the menu Run that goes back in time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from gui.pages.page_stack import PageStack
from gui.widgets.command import Menu, MenuCommand
from gui.window.picture_commands import dashboard_of
from model.base.language import tr
from model.config.views import PageKind, ViewKind


class ViewCommands:
    """Opens pages and views, and steps through the moments of the page that shows.

    `reveal` scrolls to a part of a page that is larger than the window.
    """

    def __init__(self, pages: PageStack, reveal: Callable[[QWidget], object]) -> None:
        self.pages, self.reveal = pages, reveal

    def show_view(self, view: ViewKind) -> None:
        """Open one of the tabs of the run on the screen."""
        if self.pages.started:
            self.pages.choose(PageKind.RUN)
            detail = dashboard_of(self.pages).detail
            detail.choose(view)
            self.reveal(detail)

    def toggle_log(self) -> None:
        """Draw the loss on a logarithmic axis, or on a linear one again."""
        if self.pages.started:
            dashboard_of(self.pages).loss.log.toggle()

    def step_in_time(self, moments: int) -> None:
        """Go on by so many of the moments that are kept, or back."""
        if bar := self.pages.timeline:
            bar.step(moments)

    def go_live(self) -> None:
        """Show the newest moment from now on."""
        if bar := self.pages.timeline:
            bar.return_to_live()

    def play_or_stop(self) -> None:
        """Play the run back, or stop there."""
        if bar := self.pages.timeline:
            bar.play_or_pause()

    def commands(self) -> list[MenuCommand]:
        """The entries of both menus."""
        views = [
            MenuCommand(
                Menu.VIEW, f"view-{view.key}", view.label, partial(self.show_view, view), f"Alt+{number}", view.help
            )
            for number, view in enumerate(ViewKind, 1)
        ]
        pages = [
            MenuCommand(Menu.VIEW, f"page-{kind.key}", kind.label, partial(self.pages.choose, kind),
                        f"Ctrl+Alt+{number}", kind.help, group=1)
            for number, kind in enumerate(PageKind, 1)
        ]  # fmt: skip
        return [
            *views,
            *pages,
            MenuCommand(Menu.VIEW, "log-loss", tr("Logarithmic loss"), self.toggle_log, "Ctrl+L", group=3),
            MenuCommand(Menu.VIEW, "automatic", tr("Automatic ranges"), self.pages.show_automatic, "Ctrl+R", group=3),
            MenuCommand(Menu.RUN, "back", tr("Back one moment"), partial(self.step_in_time, -1), "Alt+Left", group=2),
            MenuCommand(Menu.RUN, "on", tr("On one moment"), partial(self.step_in_time, 1), "Alt+Right", group=2),
            MenuCommand(Menu.RUN, "live", tr("Live"), self.go_live, "Alt+End", group=2),
            MenuCommand(Menu.RUN, "play", tr("Play back or stop"), self.play_or_stop, "F9", group=2),
        ]
