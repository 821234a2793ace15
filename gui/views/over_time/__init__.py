"""Layers against iterations, as lines or as images of histograms."""
