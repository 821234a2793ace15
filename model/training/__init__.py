"""Training of a run from its recipe, and its replay: to the bit with the same arithmetic."""
