"""Layerscope's window: PySide6 and pyqtgraph around the model."""
