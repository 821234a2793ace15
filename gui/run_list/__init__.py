"""The list of runs: search, order, actions, the branch dialog."""
