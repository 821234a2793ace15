"""Calm drawing: plots that change twice a second, by the user's wish or where the system asks for reduced motion."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.pages.page import Page
from gui.pages.page_stack import PageStack
from gui.widgets.command import Menu, MenuCommand
from gui.window.pages_clock import PagesClock
from gui.window.reduced_motion import ReducedMotion
from model.base.language import message, tr

CALM, FULL = "calm", "full"
TIP = message(
    "Draw twice a second, and play back in fewer steps; on by itself where the system asks for reduced motion"
)


class CalmDrawing(QObject):
    """Has `clock` and the timelines of `pages` go slowly while it is `active`; `ticked` tells.

    `choice` is CALM or FULL, or '' as long as the user has chosen neither and the system decides.
    """

    ticked = Signal(bool)

    def __init__(self, choice: str, clock: PagesClock, pages: PageStack, parent: QObject) -> None:
        super().__init__(parent)
        self.choice = choice if choice in (CALM, FULL) else ""
        self.clock, self.pages = clock, pages
        self.asked = False  # by the system
        self.system = ReducedMotion(self)
        self.system.found.connect(self._take_system)
        pages.made.connect(self._tell_page)
        self._tell()

    @property
    def active(self) -> bool:
        """Whether drawing is calm now."""
        return self.choice == CALM or (not self.choice and self.asked)

    @Slot()
    def toggle(self) -> None:
        """Draw calmly from now on, or no longer."""
        self.choice = FULL if self.active else CALM
        self._tell()

    @Slot()
    def _take_system(self) -> None:
        self.asked = True
        self._tell()

    def _tell(self) -> None:
        self.clock.draw_calmly(calm=self.active)
        for page in self.pages.pages.values():
            self._tell_page(page)
        self.ticked.emit(self.active)

    @Slot(object)
    def _tell_page(self, page: Page) -> None:
        if page.bar is not None:
            page.bar.calm = self.active

    def commands(self) -> list[MenuCommand]:
        """The entry of the menu View."""
        return [
            MenuCommand(Menu.VIEW, "calm", tr("Calm drawing"), self.toggle, tip=tr(TIP), group=5,
                        checked=self.active, ticked=self.ticked),
        ]  # fmt: skip
