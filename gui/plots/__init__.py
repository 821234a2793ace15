"""Plots on pyqtgraph and on plain canvases, made for live data; without knowledge of runs."""
