"""Training a run from its recipe, and making it again to the bit."""
