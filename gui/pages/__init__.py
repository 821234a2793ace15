"""Pages of the window, and the parts that they share."""
