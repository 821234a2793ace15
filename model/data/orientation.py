"""Orientation of a data set's images: as its files have them, or with rows and columns exchanged."""

from collections.abc import Iterable

from model.base.choices import Choice, Wording

STORED_BY_COLUMNS = ("emnist",)  # as its authors wrote it with MATLAB, whose arrays go down the columns first


class Orientation(Choice):
    """How the rows and columns of images are read."""

    BY_NAME = Wording("By name", "Exchanged for EMNIST, whose files have them so, as the names tell; else as stored.")
    STORED = Wording("As stored", "Rows and columns as the files have them.")
    EXCHANGED = Wording("Exchanged", "Rows and columns exchanged, for images that lie on their side.")

    def exchanges(self, names: Iterable[str]) -> bool:
        """Whether rows and columns of a data set are exchanged whose files and folders have these names."""
        if self is not Orientation.BY_NAME:
            return self is Orientation.EXCHANGED
        return any(word in name.lower() for name in names for word in STORED_BY_COLUMNS)
