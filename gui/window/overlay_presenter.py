"""The runs of the list that are drawn behind the one on the screen."""

from PySide6.QtCore import QObject, Signal, Slot

from gui.runs.run_registry import RunRegistry
from gui.runs.viewed import Viewed
from gui.style.theme import Theme


class OverlayPresenter(QObject):
    """Emits `overlays_changed` with a list of Overlay when other runs are shown, or look another way.

    It says nothing before `start`, because an Overlay brings pyqtgraph, which the window does not wait for.
    """

    overlays_changed = Signal(object)

    def __init__(self, registry: RunRegistry, viewed: Viewed, theme: Theme) -> None:
        super().__init__(registry)
        self.registry, self.viewed, self.theme = registry, viewed, theme
        self._started = False
        registry.changed.connect(self.refresh)
        registry.loaded.connect(self.refresh)

    def start(self) -> None:
        """Begin to tell which runs are shown."""
        self._started = True
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Tell which runs are shown; one whose curves are not here yet is read, and told then."""
        if not self._started:
            return
        from gui.plots.overlays import Overlay
        from gui.style.run_styles import look_of

        overlays, names, written = [], self.registry.names(), self.registry.english_names()
        for entry in self.registry.shown:
            if entry.run_log is None:
                self.registry.load(entry)
            elif entry is not self.viewed.entry:
                look = look_of(self.theme, entry.listing.color)
                named = names[entry.id], written[entry.id]
                overlays.append(Overlay(named[0], look.color, look.dashes, entry.run_log, named[1]))
        self.overlays_changed.emit(overlays)

    def apply_theme(self, theme: Theme) -> None:
        """Take over other colours."""
        self.theme = theme
        self.refresh()
