"""The page of two settings against each other."""
