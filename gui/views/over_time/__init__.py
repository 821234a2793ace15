"""Over-time view: layers against iterations, as lines or as images of histograms."""
