"""pyqtgraph and canvases made to draw live data; they know no run."""
