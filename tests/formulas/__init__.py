"""The lessons' formulas, rendered from their LaTeX."""
