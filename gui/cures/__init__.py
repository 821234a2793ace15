"""Search for a cure in the window: who drives it, and the list of what was tried."""
