"""The ledger: what each stage takes from the gradient, as a table."""
