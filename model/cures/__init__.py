"""Search for cures: what to change in a network that does not learn, so that it does."""
