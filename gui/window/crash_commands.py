"""Crash reports in the window: a quiet line at the next start that offers the newest, and a sheet with all kept."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from gui.style.text_size import scaled
from gui.widgets.command import Menu, MenuCommand
from gui.widgets.phrased_label import PhrasedLabel
from gui.window.preferences import Preferences
from model.base.crash_reports import PROMISE, CrashReports
from model.base.errors import InputError
from model.base.language import message, tr

SHEET_SIZE = (720, 560)
OFFER = message(
    "Something went wrong in Layerscope on {when}. A report of it lies beside the library; nothing was sent."
)
NONE_KEPT = message("There are no crash reports.")
COPIED = message("The report is on the clipboard.")


def when(report: Path) -> str:
    """When a report was written, in the time of this place."""
    try:
        written = datetime.strptime(report.stem, "crash-%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC).astimezone()
    except ValueError:
        return report.stem
    return tr("{date} at {time}", date=f"{written:%Y-%m-%d}", time=f"{written:%H:%M}")


class CrashBar(QFrame):
    """The quiet line: `show_wanted`, `delete_wanted`, and a button that takes it away."""

    show_wanted = Signal()
    delete_wanted = Signal()

    def __init__(self, report: Path) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.text = PhrasedLabel(tr(OFFER, when=when(report)))
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 4)
        line.setSpacing(8)
        line.addWidget(self.text, 1)
        for text, tip, wanted in (
            (tr("Show …"), tr("Show the report; it can be copied there"), self.show_wanted.emit),
            (tr("Delete"), tr("Delete the report without reading it"), self.delete_wanted.emit),
            (tr("Not now"), tr("Keep the report: Help > Crash reports shows it"), self.hide),
        ):
            button = QPushButton(text)
            button.setObjectName("remedy")
            button.setToolTip(tip)
            button.clicked.connect(lambda _checked=False, wanted=wanted: wanted())
            line.addWidget(button)


class CrashSheet(QDialog):
    """The reports that are kept, one at a time, to read, copy and delete."""

    def __init__(self, reports: CrashReports, parent: QWidget) -> None:
        super().__init__(parent)
        self.reports = reports
        self.setWindowTitle(tr("Crash reports"))
        self.resize(*map(scaled, SHEET_SIZE))
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Report"))
        self.choice.setToolTip(tr("Which of the reports that are kept"))
        caption = QLabel(tr("&Report of"))
        caption.setBuddy(self.choice)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("The report"))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.said = PhrasedLabel(role="muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = self.buttons.addButton(tr("&Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        self.remove = self.buttons.addButton(tr("&Delete"), QDialogButtonBox.ButtonRole.DestructiveRole)
        self.copy.setToolTip(tr("Put this report on the clipboard, to send it to whom you like"))
        self.remove.setToolTip(tr("Delete this report"))
        self.copy.clicked.connect(self._copy)
        self.remove.clicked.connect(self._delete)
        self.buttons.rejected.connect(self.reject)
        self.choice.currentIndexChanged.connect(self._show)
        head = QHBoxLayout()
        head.addWidget(caption)
        head.addWidget(self.choice, 1)
        column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        column.addWidget(self.said)
        column.addWidget(self.buttons)
        self._list()
        self.text.setFocus()

    def _list(self) -> None:
        kept = self.reports.kept()
        self.choice.clear()
        for each in kept:
            self.choice.addItem(when(each), str(each))
        for widget in (self.choice, self.copy, self.remove):
            widget.setEnabled(bool(kept))
        self._show()

    def _show(self, *_: int) -> None:
        self.said.say(tr(PROMISE))
        path = self.choice.currentData(Qt.ItemDataRole.UserRole)
        try:
            self.text.setPlainText(self.reports.read(Path(path)) if path else tr(NONE_KEPT))
        except InputError as error:
            self.text.setPlainText(str(error))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.said.say(tr(COPIED))

    def _delete(self) -> None:
        self.reports.delete(Path(self.choice.currentData(Qt.ItemDataRole.UserRole)))
        self._list()


class CrashCommands(QObject):
    """Offers `reports` over `parent`; in `preferences` it notes the newest that was offered, also in other sessions."""

    def __init__(self, reports: CrashReports, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.reports, self.preferences, self.over = reports, preferences, parent
        self.bar: CrashBar | None = None

    def bar_for_new(self) -> CrashBar | None:
        """The line that offers the newest report, if it has not been offered yet."""
        kept = self.reports.kept()
        if not kept or kept[0].name <= self.preferences.crash_offered:
            return None
        self.preferences.crash_offered = kept[0].name
        self.bar = CrashBar(kept[0])
        self.bar.show_wanted.connect(self.show_reports)
        self.bar.delete_wanted.connect(lambda: self._delete(kept[0]))
        return self.bar

    def _delete(self, report: Path) -> None:
        self.reports.delete(report)
        if self.bar:
            self.bar.hide()

    def show_reports(self) -> None:
        """Show the reports that are kept."""
        if self.bar:
            self.bar.hide()
        seen = [each.name for each in self.reports.kept()[:1]]
        self.preferences.crash_offered = max([self.preferences.crash_offered, *seen])
        sheet = CrashSheet(self.reports, self.over)
        sheet.finished.connect(sheet.deleteLater)
        sheet.show()

    def commands(self) -> list[MenuCommand]:
        """The entry of the menu Help."""
        tip = tr("What went wrong in Layerscope itself: to read, copy or delete; nothing is sent")
        return [MenuCommand(Menu.HELP, "crashes", tr("Crash reports …"), self.show_reports, tip=tip, group=1)]
